namespace Training.Portal.Clients;

/// <summary>A line that can't be read, counted from 1; the mistake is the key of a text.</summary>
public sealed record UnreadLine(int Line, string Mistake);

/// <summary>
/// Questions as people write them: <c>? 题干 | Stem</c>, then <c>+ 正确 | right</c> and <c>- 错误 | wrong</c> options, a line each.
/// Empty lines may stand anywhere.
/// </summary>
public static class QuestionText
{
    public static string Write(IReadOnlyList<QuestionView> questions) => string.Join("\n\n", questions.Select(question => string.Join('\n',
        question.Options.Select((option, index) => $"{(question.Right.Contains(index) ? '+' : '-')} {Line(option)}").Prepend($"? {Line(question.Stem)}"))));

    static string Line(WordingView wording) => $"{wording.Chinese} | {wording.English}";

    public static (IReadOnlyList<QuestionView> Questions, IReadOnlyList<UnreadLine> Unread) Read(string text)
    {
        var (questions, unread) = (new List<(int Line, WordingView Stem, List<WordingView> Options, List<int> Right)>(), new List<UnreadLine>());
        foreach (var (index, line) in text.Split('\n').Select(line => line.Trim()).Index())
        {
            if (line == "") continue;
            if (line[0] is not ('?' or '？' or '+' or '＋' or '-' or '－')) unread.Add(new(index + 1, "LineKind"));
            else if (line[1..].Split('|', StringSplitOptions.TrimEntries) is not [{ Length: > 0 } chinese, { Length: > 0 } english]) unread.Add(new(index + 1, "LineTwoLanguages"));
            else if (line[0] is '?' or '？') questions.Add((index + 1, new(chinese, english), [], []));
            else if (questions is not [.., var question]) unread.Add(new(index + 1, "LineNoQuestion"));
            else
            {
                if (line[0] is '+' or '＋') question.Right.Add(question.Options.Count);
                question.Options.Add(new(chinese, english));
            }
        }
        unread.AddRange(questions.Where(question => question.Right.Count == 0 || question.Right.Count == question.Options.Count).Select(question => new UnreadLine(question.Line, "LineRightAndWrong")));
        return ([.. questions.Select(question => new QuestionView(question.Stem, question.Options, question.Right))], [.. unread.OrderBy(line => line.Line)]);
    }
}
