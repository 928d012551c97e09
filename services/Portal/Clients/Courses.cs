namespace Training.Portal.Clients;

/// <summary>What courses are called.</summary>
static class Courses
{
    public static async Task<IReadOnlyDictionary<string, string>> Titles(Backend backend) =>
        (await backend.Get<Listing<CourseView>>("Catalogue", "/courses?take=1000")).Value?.Items.ToDictionary(course => course.Code, course => Words.Either(course.Title, course.TitleEnglish))
        ?? [];

    /// <summary>What a request asks for: a competency, or a course by its code.</summary>
    public static string Subject(Names names, IReadOnlyDictionary<string, string> titles, string subject) => titles.ContainsKey(subject) ? Title(titles, subject) : names.Competency(subject);

    public static string Title(IReadOnlyDictionary<string, string> titles, string code) => titles.TryGetValue(code, out var title) ? $"{code} {title}" : code;
}

/// <summary>How urgent a state is to look at, for its colour.</summary>
static class Looks
{
    public static string Need(string state) => state switch { "Candidate" => "wait", "Approved" or "Planned" => "busy", "Closed" => "good", "Rejected" => "calm", _ => "calm" };
    public static string Request(string state) => state switch { "Approved" => "good", "Rejected" => "bad", "Deferred" or "Ended" => "calm", _ => "wait" };
    public static string Run(string state) => state switch { "Planned" => "wait", "Funded" => "busy", "Confirmed" or "Held" => "good", "Parked" => "bad", _ => "calm" };
    public static string Session(string state) => state switch { "Held" => "good", "Cancelled" => "calm", _ => "busy" };
    public static string Proposal(string state) => state switch { "Requested" => "wait", "Proposed" => "busy", "Accepted" => "good", "Failed" => "bad", _ => "calm" };
    public static string Quarantine(string state) => state switch { "Waiting" => "wait", "Redriven" => "good", _ => "calm" };
}
