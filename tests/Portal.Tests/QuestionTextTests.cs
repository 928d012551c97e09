using Training.Portal.Clients;

namespace Training.Portal.Tests;

public class QuestionTextTests
{
    const string Two = """
        ? 业主投诉时先做什么？ | An owner complains. What comes first?
        + 先倾听 | Listen
        - 先解释 | Explain

        ? 服务补救包括哪些？ | What belongs to recovery?
        + 道歉 | Apologise
        - 推诿 | Blame others
        + 跟进 | Follow up
        """;

    [Fact]
    public void What_is_written_is_read_and_written_again()
    {
        var (questions, unread) = QuestionText.Read(Two);
        Assert.Empty(unread);
        Assert.Equal([[0], [0, 2]], questions.Select(question => question.Right));
        Assert.Equal(new WordingView("推诿", "Blame others"), questions[1].Options[1]);
        Assert.Equal(Two.ReplaceLineEndings("\n"), QuestionText.Write(questions));
    }

    [Fact]
    public void Signs_of_a_Chinese_keyboard_are_understood() =>
        Assert.Empty(QuestionText.Read("？ 问 | Question\r\n＋ 对 | Right\r\n－ 错 | Wrong\r\n").Unread);

    [Theory]
    [InlineData("? 问", 1, "LineTwoLanguages")]
    [InlineData("? 问 |", 1, "LineTwoLanguages")]
    [InlineData("\n+ 对 | Right", 2, "LineNoQuestion")]
    [InlineData("问 | Question", 1, "LineKind")]
    [InlineData("? 问 | Question\n+ 对 | Right", 1, "LineRightAndWrong")]
    [InlineData("? 问 | Question\n- 错 | Wrong", 1, "LineRightAndWrong")]
    public void What_can_not_be_read_is_named_by_its_line(string text, int line, string mistake) => Assert.Equal(new UnreadLine(line, mistake), QuestionText.Read(text).Unread[0]);

    [Fact]
    public void Nothing_is_no_question() => Assert.Equal((0, 0), QuestionText.Read("") is var read ? (read.Questions.Count, read.Unread.Count) : default);
}
