using Training.Foundation;

namespace Training.NeedsAssessment;

/// <summary>How long what somebody writes may be: facts are kept for ever and read again and again.</summary>
static class Length
{
    internal const int OfCode = 60, OfText = 500;

    internal static void AtMost(int most, params IEnumerable<string> texts)
    {
        if (texts.Any(text => text.Length > most)) throw new RuleBroken("too-long", $"This has at most {most} characters.");
    }
}
