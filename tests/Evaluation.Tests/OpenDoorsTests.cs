namespace Training.Evaluation.Tests;

public class OpenDoorsTests(StrictHost<Program> host) : OpenDoorsTests<Program>(host, "/certificates/verify/", "/certificates");
