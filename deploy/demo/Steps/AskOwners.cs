using System.Globalization;
using Training.Foundation;

namespace Training.Demo;

/// <summary>The owner survey: a sample of every estate answers 24 questions, so that the means come out as planted.</summary>
static class AskOwners
{
    const string NeedsAssessment = nameof(NeedsAssessment);

    public static async Task Run(Stage stage)
    {
        var (group, platform, ct) = (stage.Group, stage.Platform, stage.Ct);
        var wave = WaveId(stage);
        await stage.Step("survey opened", async () =>
        {
            await platform.Put(NeedsAssessment, $"/survey-waves/{wave}", new
            {
                code = $"OWN-{stage.Quarter.Label}",
                items = group.Questionnaire.Select(question => new
                {
                    code = question.Code, text = question.Name, textEnglish = question.English, dimension = question.Dimension,
                    competencyCode = string.Join(' ', question.Competencies),
                }),
                strata = group.Managed.Select(estate => new { estateId = group.EstateId(estate), households = estate.Households }),
            }, Role.GroupTrainingManager, ct);
            return $"{group.Questionnaire.Count} questions to {group.Managed.Sum(estate => estate.Households):N0} households";
        });
        await stage.Step("survey answered", async () =>
        {
            var respondents = group.Managed.SelectMany(estate => Enumerable.Range(0, estate.Sample).Select(number => (Estate: estate, Number: number))).ToList();
            var scores = Scores(group, respondents.Count);
            var first = 0;
            foreach (var estate in group.Managed)
            {
                var start = first;
                first += estate.Sample;
                var tokens = await Tokens(stage, wave, estate);
                await Platform.Each(tokens.Select((token, number) => (token, number)), async (owner, token) =>
                    await Answer(stage, owner.token, scores[start + owner.number], Overall(estate, owner.number), token), ct);
            }
            return $"{respondents.Count:N0} owners";
        });
        await stage.Step("survey closed", async () =>
        {
            await platform.Post(NeedsAssessment, $"/survey-waves/{wave}/close", null, Role.GroupTrainingManager, ct);
            return $"results are in";
        });
    }

    public static Guid WaveId(Stage stage) => DerivedId.Of("wave", stage.Group.Code, stage.Quarter.Label);

    static async Task<IReadOnlyList<string>> Tokens(Stage stage, Guid wave, Estate estate)
    {
        var answer = await stage.Platform.Post(NeedsAssessment, $"/survey-waves/{wave}/tokens", new { estateId = stage.Group.EstateId(estate), count = estate.Sample }, Role.GroupTrainingManager, stage.Ct);
        return [.. answer.GetProperty("tokens").EnumerateArray().Select(token => token.GetString() ?? "")];
    }

    // An answer that arrived although its receipt was lost is found used the second time.
    static async Task Answer(Stage stage, string token, IReadOnlyList<(int Importance, int Performance)> scores, int overall, CancellationToken ct)
    {
        try
        {
            await stage.Platform.Post(NeedsAssessment, $"/survey-answers/{Uri.EscapeDataString(token)}", new
            {
                answers = stage.Group.Questionnaire.Select((question, index) => new { item = question.Code, importance = scores[index].Importance, performance = scores[index].Performance }),
                overall,
                nps = overall,
            }, "", ct);
        }
        catch (Refused refused) when (refused.Code == "token-used") { }
    }

    static int Overall(Estate estate, int number) =>
        (int)Math.Clamp(Math.Round((double)estate.Csi / 10 + Chance.Normal("overall", string.Create(CultureInfo.InvariantCulture, $"{estate.Code}-{number}"))), 1, 10);

    /// <summary>For each owner the importance and performance of every question.</summary>
    public static IReadOnlyList<IReadOnlyList<(int Importance, int Performance)>> Scores(Group group, int owners)
    {
        var questions = group.Questionnaire.Select(question =>
            (Importance: Spread($"{question.Code}-importance", question.Importance, owners), Performance: Spread($"{question.Code}-performance", question.Performance, owners))).ToList();
        return [.. Enumerable.Range(0, owners).Select(owner => questions.Select(question => (question.Importance[owner], question.Performance[owner])).ToList())];
    }

    /// <summary>Whole numbers from 1 to 10 in no order, whose mean is as near to the planted one as whole numbers come.</summary>
    static int[] Spread(string key, decimal mean, int owners)
    {
        var total = (int)Math.Round(mean * owners, MidpointRounding.AwayFromZero);
        var inNoOrder = Enumerable.Range(0, owners).OrderBy(owner => Chance.Of(key, owner.ToString(CultureInfo.InvariantCulture))).ToArray();
        var scores = new int[owners];
        for (var rank = 0; rank < owners; rank++) scores[inNoOrder[rank]] = total / owners + (rank < total % owners ? 1 : 0);
        // Pairs that differ the other way round leave the mean alone.
        for (var rank = 0; rank + 1 < owners; rank += 4)
        {
            var (up, down) = (inNoOrder[rank], inNoOrder[rank + 1]);
            if (scores[up] < 10 && scores[down] > 1) (scores[up], scores[down]) = (scores[up] + 1, scores[down] - 1);
        }
        return scores;
    }
}
