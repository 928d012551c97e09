namespace Training.NeedsAssessment.Tests;

public class OpenDoorsTests(StrictHost<Program> host) : OpenDoorsTests<Program>(host, "/survey-answers/", "/needs");
