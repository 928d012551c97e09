namespace Training.Portal;

/// <summary>Names the resource files with all words of the portal.</summary>
public sealed class Shared;
