namespace Training.Portal.Clients;

/// <summary>People of one position at one estate and their levels, furthest from what is required first.</summary>
/// <param name="Estates">All that have owners, to choose from.</param>
/// <param name="Estate">The one chosen; none where there is none.</param>
/// <param name="Held">Positions held there, most people first.</param>
/// <param name="Position">The one chosen.</param>
/// <param name="People">How many hold it.</param>
/// <param name="Cards">Of as many as were asked for.</param>
/// <param name="Competencies">What is required of any of them.</param>
/// <param name="Answer">Of the service that told least.</param>
public sealed record Team(
    IReadOnlyList<EstateView> Estates, EstateView? Estate, IReadOnlyList<string> Held, string Position, int People,
    IReadOnlyList<(EmployeeView Person, GapCardView Card)> Cards, IReadOnlyList<string> Competencies, Answer Answer)
{
    public static async Task<Team> Ask(Backend backend, string? estateId, string? wanted, int most)
    {
        var asked = await backend.Get<Listing<EstateView>>("Workforce", "/estates?take=1000");
        EstateView[] estates = [.. (asked.Value?.Items ?? []).Where(one => one.Households > 0)];
        if ((estates.FirstOrDefault(one => one.Id.ToString() == estateId) ?? estates.FirstOrDefault()) is not { } estate) return new(estates, null, [], "", 0, [], [], asked);

        var employed = await backend.Get<Listing<EmployeeView>>("Workforce", $"/employees?estateId={estate.Id}&state=Employed&take=10000");
        var all = employed.Value?.Items ?? [];
        string[] held = [.. all.CountBy(one => one.PositionCode).OrderByDescending(one => one.Value).Select(one => one.Key)];
        var position = wanted is { Length: > 0 } && held.Contains(wanted) ? wanted : held is [var first, ..] ? first : "";
        EmployeeView[] people = [.. all.Where(one => one.PositionCode == position).OrderBy(one => one.EmployeeNo, StringComparer.Ordinal)];
        var answers = await Task.WhenAll(people.Take(most).Select(async person => (person, Answer: await backend.Get<GapCardView>("NeedsAssessment", $"/employees/{person.Id}/competencies"))));
        (EmployeeView Person, GapCardView Card)[] cards =
            [.. answers.SelectMany(one => one.Answer.Value is { } card ? [(one.person, card)] : Array.Empty<(EmployeeView, GapCardView)>()).OrderBy(one => one.Item2.Attainment)];
        string[] competencies = [.. cards.SelectMany(one => one.Card.Competencies.Where(line => line.Required > 0).Select(line => line.CompetencyCode)).Distinct().Order(StringComparer.Ordinal)];
        return new(estates, estate, held, position, people.Length, cards, competencies, new(new[] { asked.Reply, employed.Reply }.Concat(answers.Select(one => one.Answer.Reply)).Max()));
    }

    /// <summary>What is required of this person and what was assessed; empty where nothing is required.</summary>
    public static GapCardLineView? Line(GapCardView card, string competency) => card.Competencies.FirstOrDefault(one => one.CompetencyCode == competency && one.Required > 0);
}
