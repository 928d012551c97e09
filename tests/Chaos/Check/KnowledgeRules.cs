using System.Text.Json;

namespace Training.Chaos.Check;

/// <summary>What services keep of each other is what the last message of each stream said, with everything that adds up added once.</summary>
static class KnowledgeRules
{
    const string Needs = "NeedsAssessment", Scheduling = "Scheduling", Catalogue = "Catalogue", Evaluation = "Evaluation";

    public static IEnumerable<Violation> Check(Index index) => (IEnumerable<Violation>)
    [
        .. Compare(index, ["EmployeeHired", "EmployeeMoved", "EmployeeReturned", "EmployeeLeft"], (Catalogue, "knownemployee"), (Scheduling, "knownemployee"), Employee),
        .. Compare(index, ["EstateOpened"], (Needs, "knownestate"), (Evaluation, "knownestate"), last => (Id(last, "estateId"), [("code", last.Text("code")), ("region", last.Text("region"))])),
        .. Compare(index, ["EstateOpened"], (Scheduling, "knownestate"), null, last => (Id(last, "estateId"), [("legalEntity", last.Text("legalEntity")), ("timeZone", last.Text("timeZone"))])),
        .. Compare(index, ["CoursePublished", "CourseRetired"], (Scheduling, "knowncourse"), (Evaluation, "knowncourse"), Retired),
        .. Compare(index, ["CoursePublished"], (Evaluation, "knowncourse"), null, last => (Id(last, "courseId"), [("title", last.Text("title"))])),
        .. Compare(index, ["VenueOpened"], (Scheduling, "knownvenue"), null, last => (Id(last, "venueId"), [("seats", last.Text("seats"))])),
        .. Compare(index, ["TrainerRegistered"], (Scheduling, "knowntrainer"), null, last => (Id(last, "trainerId"), [("hoursPerYear", last.Text("hoursPerYear"))])),
        .. Entries(index, "Training.Contracts.Workforce.V1:LicenceRecorded", (Scheduling, "knownemployee"), body => (body.Text("employeeId"), "licences", body.Text("licenceType"), body.Text("expiresOn"))),
        .. Entries(index, "Training.Contracts.Catalogue.V1:TrainerAuthorised", (Scheduling, "knowntrainer"), body => (body.Text("trainerId"), "authorisations", body.Text("courseId"), body.Text("validTo"))),
        .. Entries(index, "Training.Contracts.NeedsAssessment.V1:CompetencyStandardPublished", (Catalogue, "knownstandard"), body => ($"{body.Text("appliesTo")}/{body.Text("code")}", "", "version", body.Text("version"))),
        .. Entries(index, "Training.Contracts.NeedsAssessment.V1:TrainingPlanFrozen", (Scheduling, "knownplan"), body => (body.Text("planId"), "", "places", body.Text("places"))),
        .. Absences(index), .. Wages(index),
    ];

    static IEnumerable<Violation> Compare(
        Index index, string[] contracts, (string, string) keeper, (string, string)? other, Func<JsonElement, (Guid Id, (string Field, string Value)[] Said)> say)
    {
        var streams = index.Messages.Values.Where(fact => fact.Published is { } sent && contracts.Contains(sent.Contract.Split(':')[1])).GroupBy(fact => (fact.Service, fact.Stream));
        foreach (var stream in streams)
        {
            var history = stream.OrderBy(fact => fact.Version).Select(fact => With(fact.Published?.Body ?? default, fact.Published?.Contract ?? "")).ToList();
            var said = history.Select(say).ToList();
            // A field that a message does not speak of keeps what an earlier one said.
            var expected = said.SelectMany(one => one.Said).Where(pair => pair.Value != "").GroupBy(pair => pair.Field).ToDictionary(same => same.Key, same => same.Last().Value);
            foreach (var place in (IEnumerable<(string Service, string Document)>)[keeper, .. other is { } second ? [second] : Array.Empty<(string, string)>()])
            {
                var kept = index.Documents[place].FirstOrDefault(document => document.Id == said[0].Id.ToString() && document.Tenant == stream.First().Tenant);
                if (kept is null) { yield return new(Breach.Lost, $"{place.Service} has no {place.Document} {said[0].Id}, of which {stream.Last()} told."); continue; }
                foreach (var (field, value) in expected.Where(pair => kept.Data.Text(pair.Key) is var is_ && is_ != pair.Value))
                    yield return new(Breach.Disorder, $"{place.Service} keeps {field} = {kept.Data.Text(field)} of {place.Document} {kept.Id}; the last word was {value}.");
            }
        }
    }

    /// <summary>What is kept entry by entry: each says what the last message about it said.</summary>
    /// <param name="index">The history.</param>
    /// <param name="contract">What was told.</param>
    /// <param name="place">Who keeps it, in which document.</param>
    /// <param name="say">Which document, which of its members holds the entries (none: the document itself), which entry, and what it must say.</param>
    static IEnumerable<Violation> Entries(Index index, string contract, (string Service, string Document) place, Func<JsonElement, (string Id, string Member, string Entry, string Value)> say)
    {
        var kept = index.Documents[place].ToLookup(document => (document.Tenant, document.Id));
        foreach (var entry in index.Sent(contract).Select(fact => (fact, Said: say(fact.Published?.Body ?? default))).GroupBy(one => (one.fact.Tenant, one.Said.Id, one.Said.Member, one.Said.Entry)))
        {
            var (fact, said) = entry.MaxBy(one => one.fact.Version);
            var document = kept[(entry.Key.Tenant, entry.Key.Id)].FirstOrDefault();
            var is_ = document is null ? "" : (said.Member == "" ? document.Data : document.Data.GetProperty(said.Member)).Text(said.Entry);
            if (is_ != said.Value) yield return new(is_ == "" ? Breach.Lost : Breach.Disorder, $"{place.Service} keeps {said.Member} {said.Entry} = {is_} of {place.Document} {said.Id}; the last word, {fact}, was {said.Value}.");
        }
    }

    static (Guid, (string, string)[]) Employee(JsonElement body) =>
        (Id(body, "employeeId"), [("estateId", body.Text("estateId")), ("positionCode", body.Text("positionCode")), ("active", body.Text("contract").EndsWith("EmployeeLeft", StringComparison.Ordinal) ? "False" : "True")]);

    static (Guid, (string, string)[]) Retired(JsonElement body) =>
        (Id(body, "courseId"), [("code", body.Text("code")), ("retired", body.Text("contract").EndsWith("CourseRetired", StringComparison.Ordinal) ? "True" : "False")]);

    /// <summary>The only knowledge that grows with every message: a double would show.</summary>
    static IEnumerable<Violation> Absences(Index index)
    {
        foreach (var trainer in index.Sent("Training.Contracts.Catalogue.V1:TrainerUnavailable").GroupBy(fact => (fact.Stream, fact.Tenant)))
        {
            var kept = index.Documents[(Scheduling, "knowntrainer")].FirstOrDefault(document => document.Id == trainer.Key.Stream.ToString());
            var count = kept is null ? 0 : kept.Data.GetProperty("unavailable").GetArrayLength();
            if (count != trainer.Count())
                yield return new(count < trainer.Count() ? Breach.Lost : Breach.Doubled, $"Scheduling knows {count} absences of trainer {trainer.Key.Stream}; {trainer.Count()} were told.");
        }
    }

    static IEnumerable<Violation> Wages(Index index)
    {
        foreach (var entity in index.Sent("Training.Contracts.Workforce.V1:WageBasePosted").GroupBy(fact => (fact.Tenant, Entity: fact.Published?.Body.Text("legalEntity"), Year: fact.Published?.Body.Text("year"))))
        {
            var last = entity.MaxBy(fact => fact.Version)?.Published?.Body.Number("amount") ?? 0;
            var kept = index.Documents[("Budgeting", "budgetperiod")].Where(document => document.Tenant == entity.Key.Tenant && document.Data.Text("year") == entity.Key.Year).Select(document => document.Data.GetProperty("wageBases"))
                .Where(wages => wages.TryGetProperty(entity.Key.Entity ?? "", out _)).Select(wages => wages.Money(entity.Key.Entity ?? "")).ToList();
            if (kept is not [var known] || known != last)
                yield return new(Breach.Disorder, $"Budgeting knows wages {string.Join(", ", kept)} of {entity.Key.Entity} in {entity.Key.Year}; the last word was {last}.");
        }
    }

    static JsonElement With(JsonElement body, string contract)
    {
        var members = body.Deserialize<Dictionary<string, object?>>() ?? [];
        members["contract"] = contract;
        return JsonSerializer.SerializeToElement(members);
    }

    static Guid Id(JsonElement body, string name) => body.GetProperty(name).GetGuid();
}
