using Training.Portal.Clients;
using Desk = Training.Portal.Downloads.Downloads.Desk;
using Rows = Training.Portal.Clients.Answer<System.Collections.Generic.IReadOnlyList<System.Collections.Generic.Dictionary<string, object?>>>;

namespace Training.Portal.Downloads;

/// <summary>The rows of each list, as far as its service shows them.</summary>
static class Sheets
{
    internal static async Task<Rows> Needs(Desk desk) => Of(
        await desk.Backend.Get<Listing<NeedView>>("NeedsAssessment", $"/needs?take=10000{Chosen(desk, "state", "region", "positionCode")}"), desk, need => [
            ("Competency", desk.Names.Competency(need.CompetencyCode)), ("Position", desk.Names.Position(need.PositionCode)), ("Region", desk.Names.Region(need.Region)),
            ("State", desk.L[$"NeedState.{need.State}"].Value), ("HeadsBelow", need.Heads), ("WeightedGap", need.WeightedGap), ("Priority", need.Priority)]);

    internal static async Task<Rows> Gaps(Desk desk)
    {
        var estates = await Estates(desk);
        return Of(await desk.Backend.Get<Listing<HeatCellView>>("NeedsAssessment", $"/gaps?take=100000{Chosen(desk, "region", "positionCode", "estateId")}"), desk, cell => [
            ("Competency", desk.Names.Competency(cell.CompetencyCode)), ("Position", desk.Names.Position(cell.PositionCode)), ("Estate", estates.GetValueOrDefault(cell.EstateId) ?? ""),
            ("Region", desk.Names.Region(cell.Region)), ("Employees", cell.HeadsRequired), ("HeadsBelow", cell.HeadsBelow)]);
    }

    internal static async Task<Rows> Survey(Desk desk)
    {
        var survey = await desk.Backend.Survey();
        return Of(new Answer<Listing<SurveyItemView>>(survey.Value is { Suppressed: false } shown ? new(shown.Items, shown.Items.Count) : null, survey.Reply), desk, item => [
            ("Item", item.Code), ("Question", Words.Either(item.Text, item.TextEnglish)), ("Quadrant", desk.L[$"Quadrant.{item.Quadrant}"].Value),
            ("Importance", item.Importance), ("Performance", item.Performance), ("DiagonalGap", item.Gap)]);
    }

    internal static async Task<Rows> Plan(Desk desk)
    {
        var titles = await Courses.Titles(desk.Backend);
        return Of(await desk.Backend.Get<Listing<RunView>>("Scheduling", $"/runs?take=10000{Chosen(desk, "planId")}"), desk, run => Run(desk, titles, run));
    }

    internal static async Task<Rows> Runs(Desk desk)
    {
        var titles = await Courses.Titles(desk.Backend);
        return Of(await desk.Backend.Get<Listing<RunView>>("Scheduling", $"/runs?take=10000{Chosen(desk, "state", "region")}"), desk, run => Run(desk, titles, run));
    }

    /// <summary>Sessions proposed, then what is left out and why.</summary>
    internal static async Task<Rows> Proposal(Desk desk)
    {
        var titles = await Courses.Titles(desk.Backend);
        var (trainers, venues) = (await desk.Backend.Get<Listing<TrainerView>>("Catalogue", "/trainers?take=1000"), await desk.Backend.Get<Listing<VenueView>>("Catalogue", "/venues?take=1000"));
        var (trainerNames, venueNames) = ((trainers.Value?.Items ?? []).ToDictionary(one => one.Id, one => one.Name), (venues.Value?.Items ?? []).ToDictionary(one => one.Id, one => one.Name));
        var zone = (await desk.Backend.Get<Listing<EstateView>>("Workforce", "/estates?take=1000")).Value?.Items is [var first, ..] ? first.TimeZone : Words.GroupZone;
        var people = ((await desk.Backend.Get<Listing<EmployeeView>>("Workforce", "/employees?take=10000")).Value?.Items ?? []).ToDictionary(one => one.Id);
        var answer = Guid.TryParse(desk.Query["id"].FirstOrDefault(), out var id) ? await desk.Backend.Get<ProposalDetailView>("Scheduling", $"/proposals/{id}") : new(null);
        var placed = (answer.Value?.Runs ?? []).SelectMany(run => run.Sessions.Select(at => (run.CourseCode, Start: Words.LocalTime(at.From, zone), Trainer: trainerNames.GetValueOrDefault(at.TrainerId, ""),
            Venue: venueNames.GetValueOrDefault(at.VenueId, ""), Learners: run.Learners.Count, Who: string.Join(", ", run.Learners.Select(learner => desk.Names.Person(people, learner))), Reason: "")));
        var left = (answer.Value?.Issues ?? []).Select(issue => (issue.CourseCode, Start: "", Trainer: "", Venue: "", Learners: 0, Who: "", Reason: Words.Either(issue.ReasonChinese, issue.Reason)));
        var all = placed.Concat(left).ToList();
        return Of(new Answer<Listing<(string CourseCode, string Start, string Trainer, string Venue, int Learners, string Who, string Reason)>>(new(all, all.Count), answer.Reply), desk, one => [
            ("Course", Courses.Title(titles, one.CourseCode)), ("Start", one.Start), ("Trainer", one.Trainer), ("Venue", one.Venue), ("Learners", one.Learners), ("LearnerList", one.Who), ("Reason", one.Reason)]);
    }

    internal static async Task<Rows> Lines(Desk desk)
    {
        var estates = await Estates(desk);
        return Of(await desk.Backend.Get<Listing<LineView>>("Budgeting", $"/lines?take=10000{Chosen(desk, "year", "quarter", "legalEntity", "estateId")}"), desk, line => [
            ("Line", line.Code), ("Quarter", line.Quarter), ("LegalEntity", desk.Names.LegalEntity(line.LegalEntity)), ("Estate", line.EstateId is { } estate ? estates.GetValueOrDefault(estate) ?? "" : ""), ("FundCategory", desk.Names.FundCategory(line.FundCategory)),
            ("Allocated", line.Allocated), ("Reserved", line.Reserved), ("Committed", line.Committed), ("Actual", line.Actual), ("Available", line.Available), ("OverspentAmount", line.Overspent)]);
    }

    internal static async Task<Rows> Results(Desk desk)
    {
        var (titles, runs) = (await Courses.Titles(desk.Backend), await desk.Backend.Get<Listing<RunEvaluationView>>("Evaluation", "/evaluations?take=10000"));
        var results = CourseResult.Of(runs.Value?.Items ?? []);
        return Of(new Answer<Listing<CourseResult>>(new(results, results.Count), runs.Reply), desk, one => [
            ("Course", Courses.Title(titles, one.Code)), ("Runs", one.Runs), ("Attendees", one.Attendees), ("MeanReaction", one.Reaction is { } mean ? decimal.Round(mean, 2) : desk.L["Suppressed"].Value),
            ("RunsSuppressed", one.Suppressed), ("Tested", one.Tested), ("Passed", one.Passed), ("NormalisedGain", one.Gain)]);
    }

    internal static async Task<Rows> Findings(Desk desk)
    {
        var estates = await Estates(desk);
        return Of(await desk.Backend.Get<Listing<FindingView>>("Evaluation", "/findings?take=10000"), desk, one => [
            ("Item", one.ItemCode), ("Estate", estates.GetValueOrDefault(one.EstateId) ?? ""), ("Competency", one.CompetencyCode == "" ? "" : desk.Names.Competency(one.CompetencyCode)),
            ("Severity", desk.L[$"Severity.{one.Severity}"].Value), ("FoundOn", Words.Day(one.FoundOn)), ("State", desk.L[$"FindingState.{one.State}"].Value)]);
    }

    internal static async Task<Rows> Employees(Desk desk)
    {
        var estates = await Estates(desk);
        var state = desk.Query["state"].FirstOrDefault() is { Length: > 0 } wanted ? wanted : "Employed";
        return Of(await desk.Backend.Get<Listing<EmployeeView>>("Workforce", $"/employees?take=10000{Words.Chosen("state", state)}{Words.Chosen("estateId", desk.Query["estate"].FirstOrDefault())}{Words.Chosen("positionCode", desk.Query["position"].FirstOrDefault())}"), desk, one => [
            ("EmployeeNo", one.EmployeeNo), ("Position", desk.Names.Position(one.PositionCode)), ("Estate", estates.GetValueOrDefault(one.EstateId) ?? ""), ("LegalEntity", desk.Names.LegalEntity(one.LegalEntity ?? ""))]);
    }

    internal static async Task<Rows> Certificates(Desk desk)
    {
        var people = ((await desk.Backend.Get<Listing<EmployeeView>>("Workforce", "/employees?take=10000")).Value?.Items ?? []).ToDictionary(one => one.Id, one => one.EmployeeNo);
        return Of(await desk.Backend.Get<Listing<HeldCertificateView>>("Evaluation", $"/certificates?take=10000{Chosen(desk, "validTo")}"), desk, one => [
            ("Employee", people.GetValueOrDefault(one.EmployeeId) ?? one.Holder), ("Course", $"{one.CourseCode} {Words.Either(one.Title, one.TitleEnglish)}"),
            ("ValidFrom", Words.Day(one.ValidFrom)), ("ValidTo", one.ValidTo.Year == 9999 ? desk.L["ForEver"].Value : Words.Day(one.ValidTo))]);
    }

    internal static async Task<Rows> Quarantine(Desk desk) => Of(
        await desk.Backend.Get<Listing<QuarantineCardView>>("Workforce", $"/quarantine?take=10000{Chosen(desk, "state")}"), desk, one => [
            ("Message", one.Type == "" ? desk.L["Unreadable"].Value : one.Type), ("Source", one.Source), ("Code", one.Code), ("Reason", desk.Refusals.InWords(one.Code, one.Reason)), ("ReceivedAt", Words.LocalTime(one.ReceivedAt, Words.GroupZone))]);

    internal static async Task<Rows> Team(Desk desk)
    {
        var team = await Clients.Team.Ask(desk.Backend, desk.Query["estate"].FirstOrDefault(), desk.Query["position"].FirstOrDefault(), most: 10_000);
        return new([.. team.Cards.Select(one => new Dictionary<string, object?>([
            new(desk.L["EmployeeNo"].Value, one.Person.EmployeeNo), new(desk.L["Attainment"].Value, one.Card.Attainment),
            .. team.Competencies.Select(code => KeyValuePair.Create<string, object?>(desk.Names.Competency(code), Clients.Team.Line(one.Card, code) is { } line ? $"{line.Assessed}/{line.Required}" : ""))]))], team.Answer.Reply);
    }

    internal static async Task<Rows> Audit(Desk desk)
    {
        var trail = await AuditTrail.Ask(desk.Backend, desk.Query["actor"].FirstOrDefault(), desk.Query["from"].FirstOrDefault(), desk.Query["to"].FirstOrDefault(), most: 10_000);
        // What is missing can't be seen in a workbook, so there is none.
        return Of(new Answer<Listing<(string Service, AuditEntryView Entry)>>(new(trail.Entries, trail.Entries.Count), trail.Missing.Select(one => one.Answer.Reply).DefaultIfEmpty().Max()), desk, one => [
            ("When", Words.LocalTime(one.Entry.At, Words.GroupZone)), ("Actor", one.Entry.Actor), ("Fact", one.Entry.Fact), ("Service", desk.L[one.Service].Value), ("Stream", one.Entry.Stream.ToString())]);
    }

    static async Task<Dictionary<Guid, string>> Estates(Desk desk) =>
        (await desk.Backend.Get<Listing<EstateView>>("Workforce", "/estates?take=1000")).Value?.Items.ToDictionary(estate => estate.Id, estate => $"{estate.Code} {estate.Name}") ?? [];

    static IEnumerable<(string, object?)> Run(Desk desk, IReadOnlyDictionary<string, string> titles, RunView run) => [
        ("Course", Courses.Title(titles, run.CourseCode)), ("Region", desk.Names.Region(run.Region)), ("Quarter", run.Quarter), ("State", desk.L[$"RunState.{run.State}"].Value),
        ("Learners", run.Learners), ("Waitlist", run.Waitlisted), ("Cost", run.Cost), ("Reason", desk.Refusals.InWords(run.Code, run.Reason))];

    static string Chosen(Desk desk, params IEnumerable<string> names) => string.Concat(names.Select(name => Words.Chosen(name, desk.Query[name].FirstOrDefault())));

    static Rows Of<T>(Answer<Listing<T>> answer, Desk desk, Func<T, IEnumerable<(string Heading, object? Value)>> row) =>
        new([.. (answer.Value?.Items ?? []).Select(item => row(item).ToDictionary(cell => desk.L[cell.Heading].Value, cell => cell.Value))], answer.Reply);
}
