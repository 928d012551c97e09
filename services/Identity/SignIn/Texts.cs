namespace Training.Identity.SignIn;

/// <summary>Names the resources of the pages.</summary>
public sealed class Texts;
