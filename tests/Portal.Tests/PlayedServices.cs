using System.Net;
using System.Text;

namespace Training.Portal.Tests;

/// <summary>The other services, played by canned answers. A service that is switched off refuses connections; one that is broken answers nonsense.</summary>
sealed class PlayedServices : HttpMessageHandler
{
    public static readonly string[] All = ["Workforce", "NeedsAssessment", "Catalogue", "Scheduling", "Budgeting", "Evaluation"];

    public static readonly Guid Estate = new("00000000-0000-0000-0000-0000000000e1"), Wave = new("00000000-0000-0000-0000-0000000000a1");

    readonly List<(string Service, string Path)> asked = [];

    public HashSet<string> Off { get; } = [];
    public HashSet<string> Broken { get; } = [];
    public HashSet<string> Empty { get; } = [];
    public string Authorization { get; private set; } = "";

    public IReadOnlyList<string> Asked(string service) { lock (asked) return [.. asked.Where(one => one.Service == service).Select(one => one.Path)]; }

    public void Say(string service, string path, string answer) => Answers[(service, path)] = answer;

    public static string Address(string service) => $"http://{service.ToLowerInvariant()}.test/";

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var address = request.RequestUri ?? throw new InvalidOperationException("No address.");
        var service = All.Single(name => address.Host == $"{name.ToLowerInvariant()}.test");
        lock (asked)
        {
            asked.Add((service, address.PathAndQuery));
            Authorization = request.Headers.Authorization?.ToString() ?? "";
        }
        if (Off.Contains(service)) throw new HttpRequestException("Connection refused.");
        if (Broken.Contains(service)) return Task.FromResult(Json("<html>gateway</html>"));
        var answer = Empty.Contains(service) ? Nothing(address.AbsolutePath) : Answers.GetValueOrDefault((service, address.AbsolutePath));
        return Task.FromResult(answer is null ? new HttpResponseMessage(HttpStatusCode.NotFound) : Json(answer));
    }

    static HttpResponseMessage Json(string body) => new(HttpStatusCode.OK) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    /// <summary>What a service with an empty store says.</summary>
    static string? Nothing(string path) => path switch
    {
        "/summary" or "/needs/summary" or "/gaps/summary" or "/verification" or "/utilisation" or "/coverage" or "/capacity" => null,
        _ => """{"items":[],"total":0}""",
    };

    // Field names and shapes are those of the services' read models.
    Dictionary<(string, string), string> Answers { get; } = new()
    {
        [("Workforce", "/estates")] = $$"""
            {"items":[{"id":"{{Estate}}","code":"EST-01","name":"西溪别院","region":"HZ","legalEntity":"YL-HZ","kind":"V","households":1186,"timeZone":"Asia/Shanghai"},
            {"id":"00000000-0000-0000-0000-0000000000e2","code":"EST-02","name":"之江山墅","region":"HZ","legalEntity":"YL-HZ","kind":"V","households":240,"timeZone":"Asia/Shanghai"}],"total":2}
            """,
        [("Workforce", "/employees")] = $$"""
            {"items":[{"id":"00000000-0000-0000-0000-000000000001","employeeNo":"E1","estateId":"{{Estate}}","positionCode":"STW","state":"Employed"},
            {"id":"00000000-0000-0000-0000-000000000002","employeeNo":"E2","estateId":"{{Estate}}","positionCode":"CLN","state":"Employed"}],"total":5880}
            """,
        [("NeedsAssessment", "/gaps/summary")] = """{"heads":5880,"requiredCells":100512,"openGaps":31765,"closedGaps":2345,"attainment":0.684,"weightedGap":41234.5}""",
        [("NeedsAssessment", "/needs/summary")] = """{"candidate":17,"approved":61,"planned":92,"rejected":4,"handedOver":8,"closed":3}""",
        [("NeedsAssessment", "/needs")] = """
            {"items":[{"id":"00000000-0000-0000-0000-000000000011","competencyCode":"C07","positionCode":"STW","region":"HZ","state":"Approved","heads":19,"weightedGap":37.05,
            "normalisedGap":0.82,"exposure":1.5,"consequence":2,"priority":2.46,"concentrateHere":["Q02","Q09"],"findingIds":["00000000-0000-0000-0000-000000000012"],"cause":"Skill","owner":"","rejectedBecause":""},
            {"id":"00000000-0000-0000-0000-000000000013","competencyCode":"C20","positionCode":"CSR","region":"SH","state":"HandedOver","heads":9,"weightedGap":12,
            "normalisedGap":0.3,"exposure":1,"consequence":1,"priority":0.3,"concentrateHere":[],"findingIds":[],"cause":"Tool","owner":"IT","rejectedBecause":""}],"total":182}
            """,
        [("NeedsAssessment", "/gaps")] = """
            {"items":[{"positionCode":"CLN","competencyCode":"C12","estateId":"00000000-0000-0000-0000-0000000000e1","region":"HZ","headsRequired":32,"headsBelow":23,"weightedGap":28,"attainment":0.28},
            {"positionCode":"CLN","competencyCode":"C12","estateId":"00000000-0000-0000-0000-0000000000e2","region":"HZ","headsRequired":68,"headsBelow":49,"weightedGap":60,"attainment":0.28},
            {"positionCode":"STW","competencyCode":"C07","estateId":"00000000-0000-0000-0000-0000000000e1","region":"HZ","headsRequired":4,"headsBelow":2,"weightedGap":3,"attainment":0.5}],"total":3}
            """,
        [("NeedsAssessment", "/plans")] = """{"items":[{"id":"00000000-0000-0000-0000-000000000021","year":2027,"quarter":"2027Q1","frozen":true,"version":1,"places":13754,"lines":188}],"total":1}""",
        [("NeedsAssessment", "/survey-waves")] = $$"""{"items":[{"id":"{{Wave}}","code":"2026Q4","closed":true,"items":24,"estates":40,"invited":4126,"responses":1402}],"total":1}""",
        [("NeedsAssessment", $"/survey-waves/{Wave}/results")] = $$"""
            {"waveId":"{{Wave}}","code":"2026Q4","estateId":null,"invited":4126,"responses":1402,"suppressed":false,"suppressedBecause":"","crosshairImportance":8.43,"crosshairPerformance":6.77,
            "index":64.1,"overall":7.1,"nps":12,"items":[
            {"code":"Q02","text":"首次响应及时","textEnglish":"First response is prompt","dimension":"responsiveness","competencies":["C19"],"n":1402,"importance":9.3,"performance":6.4,"gap":2.9,"quadrant":"ConcentrateHere"},
            {"code":"Q05","text":"保安礼貌专业","textEnglish":"Guards are polite","dimension":"assurance","competencies":["C01"],"n":1400,"importance":8.8,"performance":7.6,"gap":1.2,"quadrant":"KeepUp"}]}
            """,
        [("Catalogue", "/summary")] = """{"courses":61,"live":60,"trainers":379,"venues":57,"employees":5880,"standards":13}""",
        [("Catalogue", "/courses")] = """
            {"items":[{"id":"00000000-0000-0000-0000-000000000031","code":"K03","title":"投诉处理与服务补救","titleEnglish":"Complaint handling and service recovery","module":"K","mode":"ILT","minutes":360,
            "minLearners":10,"maxLearners":24,"trainerGrade":"I3","version":1,"state":"Live","steps":[],"audience":{},"prerequisites":[],"validityMonths":24,"fundCategory":"FC2","equipment":[],
            "costPerRun":2000,"costPerLearner":30,"currency":"CNY"}],"total":60}
            """,
        [("Catalogue", "/coverage")] = """
            {"steps":408,"served":237,"share":0.5809,"shareByHeads":0.7012,"holes":[{"positionCode":"SEC","competencyCode":"C05","level":3,"heads":2120}],"overTraining":[],"forRoles":[]}
            """,
        [("Catalogue", "/capacity")] = """
            {"grades":[{"grade":"I2","trainers":44,"availableHours":2112,"demandedHours":2011,"load":0.9522,"shortageHours":0,"buyInCost":0},
            {"grade":"I3","trainers":10,"availableHours":800,"demandedHours":941,"load":1.1763,"shortageHours":141,"buyInCost":190350}],"shortageHours":141,"buyInCost":190350,"currency":"CNY","courses":[]}
            """,
        [("Scheduling", "/summary")] = """
            {"runs":{"Planned":7,"Funded":11,"Confirmed":402,"Held":77,"Parked":13,"Cancelled":2},"sessions":{"Scheduled":415,"Held":78,"Cancelled":2},"enrolled":9123,"waitlisted":41,"attended":1534,"noShows":66}
            """,
        [("Scheduling", "/verification")] = """{"sessions":493,"slotsChecked":48123,"slotsBelowMinimum":0,"slotsShortByRoster":12,"violations":[]}""",
        [("Scheduling", "/runs")] = """
            {"items":[{"id":"00000000-0000-0000-0000-000000000041","planId":"00000000-0000-0000-0000-000000000021","courseCode":"K03","region":"HZ","quarter":"2027Q1","state":"Parked","learners":18,"waitlisted":0,
            "cost":2540,"currency":"CNY","code":"no-slot","reason":"No trainer is free."}],"total":512}
            """,
        [("Scheduling", "/sessions")] = """
            {"items":[{"id":"00000000-0000-0000-0000-000000000051","runId":"00000000-0000-0000-0000-000000000041","courseCode":"K03","region":"HZ","sequence":1,"of":2,"startsAt":"2027-01-06T01:00:00+00:00",
            "endsAt":"2027-01-06T04:00:00+00:00","timeZone":"Asia/Shanghai","venueId":"00000000-0000-0000-0000-000000000061","trainerId":"00000000-0000-0000-0000-000000000071",
            "learners":["00000000-0000-0000-0000-000000000001"],"state":"Scheduled"}],"total":495}
            """,
        [("Scheduling", "/coverage")] = $$"""
            {"estateId":"{{Estate}}","estateCode":"EST-01","date":"2027-01-04","timeZone":"Asia/Shanghai","rostered":true,"slots":[
            {"postCode":"STW","licenceType":"","at":"2027-01-04T01:00:00+00:00","local":"09:00","onDuty":4,"released":1,"minimum":2,"belowMinimum":false}]}
            """,
        [("Budgeting", "/summary")] = """
            {"year":2027,"currency":"CNY","allocated":5512345,"reserved":120400,"committed":305600,"actual":99999,"available":4986346,"frontLineShare":0.85,"wageBase":355598000,"floor15":5333970,
            "floor25":8889950,"deductibleCeiling":28447840}
            """,
        [("Budgeting", "/lines")] = """
            {"items":[{"id":"00000000-0000-0000-0000-000000000081","year":2027,"quarter":"2027Q1","code":"BL-03","legalEntity":"YL-HZ","fundCategory":"FC2","frontLine":true,"courses":[],"currency":"CNY",
            "allocated":50000,"reserved":5000,"committed":7000,"actual":3000,"available":35000,"onOverrun":"Warn","warned":false},
            {"id":"00000000-0000-0000-0000-000000000082","year":2027,"quarter":"2027Q1","code":"BL-03","legalEntity":"YL-SH","fundCategory":"FC2","frontLine":true,"courses":[],"currency":"CNY",
            "allocated":40000,"reserved":0,"committed":41000,"actual":0,"available":-1000,"onOverrun":"Stop","warned":true}],"total":2}
            """,
        [("Evaluation", "/summary")] = """
            {"evaluations":77,"reactions":1203,"tested":1490,"passed":1377,"certificates":1288,"findings":9876,"relevant":4321,"actioned":2100,"trained":1800,"verified":1512,"utilisation":0.3499,"levelsRaised":2611}
            """,
        [("Evaluation", "/utilisation")] = $$"""
            {"from":"2000-01-01","to":"2999-12-31","found":9876,"trainingRelevant":4321,"actioned":2100,"trained":1800,"verified":1512,"rate":0.3499,"numerator":1512,"denominator":4321,
            "estates":{"{{Estate}}":{"found":247,"trainingRelevant":108,"actioned":60,"trained":50,"verified":39,"rate":0.3611,"numerator":39,"denominator":108 } } }
            """,
        [("Evaluation", "/evaluations")] = """
            {"items":[{"runId":"00000000-0000-0000-0000-000000000041","courseId":"00000000-0000-0000-0000-000000000031","courseCode":"K03","endedAt":"2027-01-06T04:00:00+00:00","attendees":18,"completed":17,
            "calledOffBecause":"","reactions":{"n":12,"response":0.6667,"suppressedBecause":"","questions":{"content":4.4},"overallMean":4.4},"tests":{"n":17,"passed":15,"meanPre":51,"meanPost":86,"normalisedGain":0.71,"gainN":17}},
            {"runId":"00000000-0000-0000-0000-000000000042","courseId":"00000000-0000-0000-0000-000000000032","courseCode":"P01","endedAt":"2027-01-07T04:00:00+00:00","attendees":9,"completed":9,
            "calledOffBecause":"","reactions":{"n":3,"response":0.3333,"suppressedBecause":"fewer than 5 answers","questions":{},"overallMean":0},"tests":{"n":0,"passed":0,"meanPre":0,"meanPost":0,"normalisedGain":0,"gainN":0}}],"total":2}
            """,
        [("Evaluation", "/certificates")] = """
            {"items":[{"employeeId":"00000000-0000-0000-0000-000000000001","courseId":"00000000-0000-0000-0000-000000000031","courseCode":"K03","title":"投诉处理与服务补救",
            "titleEnglish":"Complaint handling and service recovery","runId":"00000000-0000-0000-0000-000000000041","validFrom":"2027-01-06","validTo":"2029-01-05","renewals":0,"renewable":true}],"total":1288}
            """,
    };
}
