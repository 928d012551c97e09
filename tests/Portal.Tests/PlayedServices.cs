using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Training.Portal.Tests;

/// <summary>The other services, played by canned answers. A service that is switched off refuses connections; one that is broken answers nonsense.</summary>
sealed class PlayedServices : HttpMessageHandler
{
    public static readonly string[] All = ["Workforce", "NeedsAssessment", "Catalogue", "Scheduling", "Budgeting", "Evaluation"];

    public static readonly Guid Run = new("00000000-0000-0000-0000-000000000041"), Session = new("00000000-0000-0000-0000-000000000051"), Person = new("00000000-0000-0000-0000-000000000001"),
        Plan = new("00000000-0000-0000-0000-000000000021"), Course = new("00000000-0000-0000-0000-000000000031"), Message = new("00000000-0000-0000-0000-000000000091"), Event = new("00000000-0000-0000-0000-0000000000f1"), TestRun = new("00000000-0000-0000-0000-000000000045"),
        Proposal = new("00000000-0000-0000-0000-0000000000b1");

    public static readonly Guid Estate = new("00000000-0000-0000-0000-0000000000e1"), Wave = new("00000000-0000-0000-0000-0000000000a1"), Request = new("00000000-0000-0000-0000-0000000000c1");

    readonly List<(string Service, string Path)> asked = [];

    readonly List<(string Service, string Command, string Body)> sent = [];

    readonly ConcurrentDictionary<(string, string), Task> held = [];

    readonly List<string> answered = [];

    /// <summary>Commands in the order they came: method, path and body.</summary>
    public IReadOnlyList<(string Service, string Command, string Body)> Sent { get { lock (asked) return [.. sent]; } }

    public HashSet<string> Off { get; } = [];
    public HashSet<string> Broken { get; } = [];
    public HashSet<string> Empty { get; } = [];
    /// <summary>Services that show the visitor nothing.</summary>
    public HashSet<string> Closed { get; } = [];
    public string Authorization { get; private set; } = "";

    public IReadOnlyList<string> Asked(string service) { lock (asked) return [.. asked.Where(one => one.Service == service).Select(one => one.Path)]; }

    public void Say(string service, string path, string answer) => Answers[(service, path)] = answer;

    /// <summary>Says the same as before but for one field, such as <c>runs/0/accepted</c>.</summary>
    public void Change(string service, string path, string field, JsonNode? value)
    {
        var answer = JsonNode.Parse(Answers[(service, path)]);
        string[] names = field.Split('/');
        var parent = names[..^1].Aggregate(answer, (node, name) => node is JsonArray list ? list[int.Parse(name, CultureInfo.InvariantCulture)] : node?[name]) ?? throw new ArgumentException($"No {field}.");
        parent[names[^1]] = value;
        Say(service, path, $"{answer}");
    }

    /// <summary>Takes the command at once and answers it only then.</summary>
    public void Hold(string service, string command, Task until) => held[(service, command)] = until;

    /// <summary>Commands whose sender still waited for the answer.</summary>
    public IReadOnlyList<string> Answered { get { lock (asked) return [.. answered]; } }

    public static string Address(string service) => $"http://{service.ToLowerInvariant()}.test/";

    /// <summary>Refuses a command as a service does.</summary>
    public void Refuse(string service, string command, string code, string detail) =>
        Answers[(service, command)] = $$"""{"status":422,"code":"{{code}}","detail":"{{detail}}"}""";

    /// <summary>Takes the command again.</summary>
    public void Allow(string service, string command) => Answers.TryRemove((service, command), out _);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var address = request.RequestUri ?? throw new InvalidOperationException("No address.");
        var service = All.Single(name => address.Host == $"{name.ToLowerInvariant()}.test");
        lock (asked)
        {
            asked.Add((service, address.PathAndQuery));
            Authorization = request.Headers.Authorization?.ToString() ?? "";
        }
        if (Off.Contains(service)) throw new HttpRequestException("Connection refused.");
        if (request.Method != HttpMethod.Get) return await Command(service, request, cancellationToken);
        if (address.AbsolutePath is "/live" or "/ready") return new(HttpStatusCode.OK);
        if (Closed.Contains(service)) return new(HttpStatusCode.Forbidden);
        if (Broken.Contains(service)) return Json("<html>gateway</html>");
        var answer = Empty.Contains(service) ? Nothing(address.AbsolutePath) : Answers.GetValueOrDefault((service, address.AbsolutePath));
        return answer is null ? new HttpResponseMessage(HttpStatusCode.NotFound) : Json(answer);
    }

    async Task<HttpResponseMessage> Command(string service, HttpRequestMessage request, CancellationToken sender)
    {
        var command = $"{request.Method} {request.RequestUri?.AbsolutePath}";
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(sender);
        lock (asked) sent.Add((service, command, body));
        await held.GetValueOrDefault((service, command), Task.CompletedTask).WaitAsync(sender);
        lock (asked) answered.Add(command);
        if (Answers.GetValueOrDefault((service, command)) is not { } answer) return new(HttpStatusCode.NoContent);
        var response = Json(answer);
        if (answer.Contains("\"code\":", StringComparison.Ordinal)) response.StatusCode = HttpStatusCode.UnprocessableEntity;
        return response;
    }

    static HttpResponseMessage Json(string body) => new(HttpStatusCode.OK) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    /// <summary>What a service with an empty store says.</summary>
    static string? Nothing(string path) => path switch
    {
        "/summary" or "/needs/summary" or "/gaps/summary" or "/verification" or "/utilisation" or "/coverage" or "/capacity" or "/training-requests/summary" => null,
        "/burn-down" or "/releases" => null,
        _ when path.StartsWith("/runs/", StringComparison.Ordinal) || path.StartsWith("/proposals/", StringComparison.Ordinal) || path.StartsWith("/plans/", StringComparison.Ordinal) || path.StartsWith("/employees/", StringComparison.Ordinal) || path.StartsWith("/events/", StringComparison.Ordinal) => null,
        _ => """{"items":[],"total":0}""",
    };

    // Field names and shapes are those of the services' read models.
    ConcurrentDictionary<(string, string), string> Answers { get; } = new()
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
            "normalisedGap":0.82,"exposure":1.5,"consequence":2,"priority":2.46,"concentrateHere":["Q02","Q09"],"findingIds":["00000000-0000-0000-0000-000000000012"],"requestIds":["00000000-0000-0000-0000-0000000000c2"],"cause":"Skill","owner":"","rejectedBecause":""},
            {"id":"00000000-0000-0000-0000-000000000013","competencyCode":"C20","positionCode":"CSR","region":"SH","state":"HandedOver","heads":9,"weightedGap":12,
            "normalisedGap":0.3,"exposure":1,"consequence":1,"priority":0.3,"concentrateHere":[],"findingIds":[],"cause":"Tool","owner":"IT","rejectedBecause":""},
            {"id":"00000000-0000-0000-0000-000000000014","competencyCode":"C01","positionCode":"SEC","region":"HZ","state":"Rejected","heads":5,"weightedGap":6,
            "normalisedGap":0.2,"exposure":1,"consequence":3,"priority":0.6,"concentrateHere":[],"findingIds":[],"cause":"Skill","owner":"","rejectedBecause":"later","grewSinceRejected":true}],"total":182}
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
            "minLearners":10,"maxLearners":24,"trainerGrade":"I3","version":1,"state":"Live","steps":[{"competencyCode":"C07","fromLevel":2,"toLevel":4}],"audience":{},"prerequisites":[],"validityMonths":24,"fundCategory":"FC2","equipment":[],
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
        [("Scheduling", "/proposals")] = $$"""
            {"items":[{"id":"{{Proposal}}","planId":"{{Plan}}","regions":["HZ"],"from":"2027-01-01","to":"2027-03-31","requestReason":"讲师生病","requestedAt":"2027-01-02T01:00:00+00:00","state":"Proposed","code":"","reason":"",
            "runs":1,"accepted":0,"refused":0,"issues":1,"cost":83640,"firstFitCost":605450}],"total":1}
            """,
        [("Scheduling", $"/proposals/{Proposal}")] = $$"""
            {"proposal":{"id":"{{Proposal}}","planId":"{{Plan}}","regions":["HZ"],"from":"2027-01-01","to":"2027-03-31","requestReason":"讲师生病","requestedAt":"2027-01-02T01:00:00+00:00","state":"Proposed","code":"","reason":"",
            "runs":1,"accepted":0,"refused":0,"issues":1,"cost":83640,"firstFitCost":605450},"progress":null,
            "cost":{"total":83640,"components":[{"component":"trainers","amount":40800},{"component":"unmet","amount":42840}],"placed":31,"seated":402,"unseated":3,"missedMandatory":0,"movedSessions":2},
            "firstFit":{"total":605450,"components":[{"component":"missed-mandatory","amount":440000},{"component":"unmet","amount":165450}],"placed":20,"seated":280,"unseated":125,"missedMandatory":22,"movedSessions":0},
            "frontier":[{"priceOfMove":40000,"movedSessions":0,"cost":78000,"unseated":3,"unsafe":4},{"priceOfMove":20000,"movedSessions":1,"cost":81000,"unseated":3,"unsafe":0},{"priceOfMove":2000,"movedSessions":2,"cost":79640,"unseated":3,"unsafe":0}],"moves":1234567,"seconds":60.2,
            "runs":[{"runId":"{{Run}}","courseCode":"K03","published":true,"accepted":false,"sessions":[{"from":"2027-01-13T01:00:00+00:00","to":"2027-01-13T04:00:00+00:00",
            "trainerId":"00000000-0000-0000-0000-000000000071","venueId":"00000000-0000-0000-0000-000000000061"}],"learners":["{{Person}}","00000000-0000-0000-0000-000000000002"]}],
            "issues":[{"runId":"00000000-0000-0000-0000-000000000042","courseCode":"K03","reason":"Post LOBBY of EST-01 can spare 9 of the 12 people needed.","reasonChinese":"EST-01 的 LOBBY 岗只能抽出 9 人，而需要 12 人。","proof":"EveryPlan","waits":true,
            "remedies":[{"code":"Backfill","text":"Backfill 3 heads.","textChinese":"顶岗 3 人。","price":960}]}],"refused":[],
            "unseated":[{"employeeId":"{{Person}}","estateId":"{{Estate}}","lineId":"00000000-0000-0000-0000-000000000022","courseCode":"K03","mandatory":true,"reason":"The only run is full.","reasonChinese":"唯一的期次已满。",
            "remedies":[{"code":"OneMoreSeat","text":"One more seat.","textChinese":"多一个座位。","price":0}]}],"explained":1}
            """,
        [("Scheduling", $"POST /plans/{Plan}/proposals")] = $$"""{"id":"{{Proposal}}"}""",
        [("Scheduling", $"POST /proposals/{Proposal}/accept")] = """{"accepted":1,"refused":0,"parked":0,"items":[]}""",
        [("Scheduling", "/sessions")] = """
            {"items":[{"id":"00000000-0000-0000-0000-000000000051","runId":"00000000-0000-0000-0000-000000000041","courseCode":"K03","region":"HZ","sequence":1,"of":2,"startsAt":"2027-01-06T01:00:00+00:00",
            "endsAt":"2027-01-06T04:00:00+00:00","timeZone":"Asia/Shanghai","venueId":"00000000-0000-0000-0000-000000000061","trainerId":"00000000-0000-0000-0000-000000000071",
            "learners":["00000000-0000-0000-0000-000000000001"],"state":"Scheduled"}],"total":495}
            """,
        [("Scheduling", "/coverage")] = $$"""
            {"estateId":"{{Estate}}","estateCode":"EST-01","date":"2027-01-04","timeZone":"Asia/Shanghai","rostered":true,"slots":[
            {"postCode":"STW","licenceType":"","at":"2027-01-04T01:00:00+00:00","local":"09:00","onDuty":4,"released":1,"minimum":2,"belowMinimum":false}]}
            """,
        [("Budgeting", "/periods")] = """{"items":[{"year":2026,"currency":"CNY"},{"year":2027,"currency":"CNY"}],"total":2}""",
        [("Budgeting", "/summary")] = """
            {"year":2027,"currency":"CNY","allocated":5512345,"reserved":120400,"committed":305600,"actual":99999,"available":4986346,"frontLineShare":0.85,"wageBase":355598000,"floor15":5333970,
            "floor25":8889950,"deductibleCeiling":28447840,"overspent":0,"legalEntities":[
            {"legalEntity":"YL-HZ","wageBase":98000000,"allocated":1400000,"actual":99999,"overspent":0,"floor15":1470000,"floor25":2450000,"deductibleCeiling":7840000,"frontLineShare":0.85,
            "floor15Status":"NotMet","floor25Status":"NotMet","ceilingStatus":"Met","frontLineStatus":"Met"},
            {"legalEntity":"YL-SH","wageBase":0,"allocated":0,"actual":0,"overspent":0,"floor15":0,"floor25":0,"deductibleCeiling":0,"frontLineShare":0,
            "floor15Status":"Unknown","floor25Status":"Unknown","ceilingStatus":"Unknown","frontLineStatus":"Unknown"}]}
            """,
        [("Budgeting", "/lines")] = $$"""
            {"items":[{"id":"00000000-0000-0000-0000-000000000081","year":2027,"quarter":"2027Q1","code":"BL-03","legalEntity":"YL-HZ","fundCategory":"FC2","frontLine":true,"courses":[],"estateId":"{{Estate}}","currency":"CNY",
            "allocated":50000,"reserved":5000,"committed":7000,"actual":3000,"available":35000,"onOverrun":"Warn","warnAt":0.85,"warned":false},
            {"id":"00000000-0000-0000-0000-000000000082","year":2027,"quarter":"2027Q1","code":"BL-03","legalEntity":"YL-SH","fundCategory":"FC2","frontLine":true,"courses":["K03"],"currency":"CNY",
            "allocated":40000,"reserved":0,"committed":41000,"actual":0,"available":-1000,"onOverrun":"Stop","warnAt":0.9,"warned":true}],"total":2}
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
            "titleEnglish":"Complaint handling and service recovery","runId":"00000000-0000-0000-0000-000000000041","validFrom":"2027-01-06","validTo":"2029-01-05","renewals":0,"renewable":true,"code":"YL.1","holder":"00000000"}],"total":1288}
            """,
        [("NeedsAssessment", $"/plans/{Plan}")] = $$"""
            {"id":"{{Plan}}","year":2027,"quarter":"2027Q1","frozen":true,"version":1,"places":13754,"lines":[
            {"lineId":"00000000-0000-0000-0000-000000000022","courseId":"{{Course}}","courseCode":"K03","region":"HZ","priority":2.46,"places":120}]}
            """,
        [("NeedsAssessment", $"/employees/{Person}/competencies")] = $$"""
            {"employeeId":"{{Person}}","estateId":"{{Estate}}","positionCode":"STW","active":true,"roles":[],"standards":[],"weightedGap":3,"attainment":0.75,
            "competencies":[{"competencyCode":"C07","required":4,"assessed":2,"gap":2,"weightedGap":3,"ratings":[]},{"competencyCode":"C01","required":3,"assessed":3,"gap":0,"weightedGap":0,"ratings":[]}]}
            """,
        [("NeedsAssessment", "/training-requests")] = $$"""
            {"items":[{"id":"{{Request}}","employeeId":"{{Person}}","estateId":"{{Estate}}","positionCode":"STW","subject":"C07","competencyCodes":["C07"],"why":"Complaints at night","origin":"Employee","state":"Submitted","because":"",
            "submittedAt":"2027-01-04T01:00:00+00:00","leadTimeHours":null},
            {"id":"00000000-0000-0000-0000-0000000000c2","employeeId":"{{Person}}","estateId":"{{Estate}}","positionCode":"STW","subject":"K03","competencyCodes":["C07"],"why":"New here","origin":"Manager","state":"Approved","because":"",
            "submittedAt":"2027-01-03T01:00:00+00:00","leadTimeHours":26.5}],"total":2}
            """,
        [("NeedsAssessment", "/training-requests/summary")] = """{"submitted":1,"deferred":0,"approved":1,"rejected":0,"meanLeadTimeHours":26.5}""",
        [("NeedsAssessment", $"/employees/{Person}/training-requests")] = $$"""
            {"items":[{"id":"{{Request}}","employeeId":"{{Person}}","estateId":"{{Estate}}","positionCode":"STW","subject":"C07","competencyCodes":["C07"],"why":"Complaints at night","origin":"Employee","state":"Deferred","because":"After the peak",
            "submittedAt":"2027-01-04T01:00:00+00:00","leadTimeHours":null}],"total":1}
            """,
        [("NeedsAssessment", "/survey-answers/YL.link")] = """
            {"wave":"2027Q2","used":false,"closed":false,"items":[{"code":"Q02","text":"首次响应及时","textEnglish":"First response is prompt"},{"code":"Q05","text":"保安礼貌专业","textEnglish":"Guards are polite"}]}
            """,
        [("Catalogue", "/trainers")] = """{"items":[{"id":"00000000-0000-0000-0000-000000000071","name":"林讲师","grade":"I3","region":"HZ","departed":false,"absences":[{"from":"2026-11-02T01:00:00Z","to":"2026-11-02T04:00:00Z"},{"from":"2027-01-05T16:00:00Z","to":"2027-01-06T16:00:00Z"}]}],"total":1}""",
        [("Catalogue", "/venues")] = """{"items":[{"id":"00000000-0000-0000-0000-000000000061","name":"西溪培训室","region":"HZ","estateId":null,"seats":24,"closures":[{"from":"2027-02-01T01:00:00Z","to":"2027-02-05T10:00:00Z"}]}],"total":1}""",
        [("Scheduling", $"/runs/{Run}")] = $$"""
            {"run":{"id":"{{Run}}","planId":"{{Plan}}","courseCode":"K03","region":"HZ","quarter":"2027Q1","state":"Confirmed","learners":1,"waitlisted":1,"cost":2540,"currency":"CNY","code":"","reason":""},
            "lineId":"00000000-0000-0000-0000-000000000022","courseId":"{{Course}}","trainerId":"00000000-0000-0000-0000-000000000071","venueId":"00000000-0000-0000-0000-000000000061","minLearners":1,"maxLearners":1,
            "sessions":1,"minutes":180,"spent":0,"learners":[{"employeeId":"{{Person}}","estateId":"{{Estate}}","attendedMinutes":0}],
            "waitlist":[{"employeeId":"00000000-0000-0000-0000-000000000002","estateId":"{{Estate}}","reason":"All seats are taken."}],
            "placed":[{"id":"{{Session}}","runId":"{{Run}}","courseCode":"K03","region":"HZ","sequence":1,"of":1,"startsAt":"2027-01-06T01:00:00+00:00","endsAt":"2027-01-06T04:00:00+00:00","timeZone":"Asia/Shanghai",
            "venueId":"00000000-0000-0000-0000-000000000061","trainerId":"00000000-0000-0000-0000-000000000071","learners":["{{Person}}"],"state":"Scheduled"}]}
            """,
        [("Scheduling", $"/runs/{Run}/alternatives")] = """{"items":[{"runId":"00000000-0000-0000-0000-000000000043","region":"HZ","startsAt":"2027-01-13T01:00:00+00:00","timeZone":"Asia/Shanghai","freeSeats":7}]}""",
        [("Scheduling", $"/sessions/{Session}")] = $$"""
            {"id":"{{Session}}","runId":"{{Run}}","courseCode":"K03","region":"HZ","sequence":1,"of":1,"startsAt":"2027-01-06T01:00:00+00:00","endsAt":"2027-01-06T04:00:00+00:00","timeZone":"Asia/Shanghai",
            "venueId":"00000000-0000-0000-0000-000000000061","trainerId":"00000000-0000-0000-0000-000000000071","learners":["{{Person}}"],"state":"Scheduled"}
            """,
        [("Scheduling", $"/sessions/{Session}/door")] = $$"""
            {"sessionId":"{{Session}}","code":"0123456789abcdef0123","validTo":"2027-01-06T01:00:30+00:00","learners":2,"checkedIn":["{{Person}}"],"waiting":[],
            "doubts":[{"employeeId":"00000000-0000-0000-0000-000000000002","other":"{{Person}}","at":"2027-01-06T01:00:00+00:00"}]}
            """,
        [("Scheduling", $"/employees/{Person}/training")] = $$"""
            {"employeeId":"{{Person}}","mine":[{"runId":"{{Run}}","courseCode":"K03","region":"HZ","state":"Confirmed","reason":"","place":0,"ahead":0,"freeSeats":3,"attendedMinutes":0,
            "sessions":[{"sessionId":"{{Session}}","startsAt":"2027-01-06T01:00:00+00:00","endsAt":"2027-01-06T04:00:00+00:00","timeZone":"Asia/Shanghai","venueId":"00000000-0000-0000-0000-000000000061","state":"Scheduled","checkedIn":false,"early":false}]}],
            "offered":[{"runId":"00000000-0000-0000-0000-000000000044","courseCode":"P01","region":"HZ","state":"Confirmed","reason":"","place":0,"ahead":0,"freeSeats":5,"attendedMinutes":0,
            "sessions":[{"sessionId":"00000000-0000-0000-0000-000000000054","startsAt":"2027-01-08T06:00:00+00:00","endsAt":"2027-01-08T08:00:00+00:00","timeZone":"Asia/Shanghai","venueId":"00000000-0000-0000-0000-000000000061","state":"Scheduled","checkedIn":false,"early":false}]}]}
            """,
        [("Scheduling", "/releases")] = $$"""
            {"estateId":"{{Estate}}","monday":"2027-01-04","items":[{"sessionId":"{{Session}}","runId":"{{Run}}","courseCode":"K03","from":"2027-01-06T01:00:00+00:00","to":"2027-01-06T04:00:00+00:00","timeZone":"Asia/Shanghai",
            "people":[{"employeeId":"{{Person}}","positionCode":"STW","post":"LOBBY"}]}]}
            """,
        [("Scheduling", $"POST /sessions/{Session}/scans/{Person}")] = """{"state":"Waits","startsAt":"2027-01-06T01:00:00+00:00","timeZone":"Asia/Shanghai","courseCode":"K03"}""",
        [("Budgeting", "/burn-down")] = """{"year":2027,"currency":"CNY","items":[{"month":"2026-12-01","reserved":200000,"committed":0,"actual":0},{"month":"2027-01-01","reserved":120400,"committed":305600,"actual":99999}]}""",
        [("Budgeting", $"/runs/{Run}/funding")] = $$"""{"runId":"{{Run}}","granted":true,"declinedBecause":"","lineId":"00000000-0000-0000-0000-000000000081","currency":"CNY","requested":2540,"reserved":0,"committed":2540,"actual":0}""",
        [("Workforce", "/licences")] = $$"""{"items":[{"employeeId":"{{Person}}","employeeNo":"E1","estateId":"{{Estate}}","positionCode":"SEC","licenceType":"fire-facility-operator","expiresOn":"2027-02-01"}],"total":1}""",
        [("Workforce", $"/employees/{Person}")] = $$"""{"employee":{"id":"{{Person}}","employeeNo":"E1","estateId":"{{Estate}}","positionCode":"STW","legalEntity":"YL-HZ","state":"Employed","hiredOn":"2020-01-01"},"personId":"P1","licences":{"fire-facility-operator":"2029-06-30"},"changes":[]}""",
        [("Workforce", "/sources")] = """{"items":[{"source":"urn:hr:yunlu","lastEventAt":"2026-12-31T01:00:00+00:00","lastReceivedAt":"2026-12-31T01:00:05+00:00","accepted":6021,"duplicates":12,"quarantined":3}],"total":1}""",
        [("Workforce", "/quarantine")] = $$"""
            {"items":[{"id":"{{Message}}","source":"urn:hr:yunlu","eventId":"e-77","type":"employee.moved.v1","code":"unknown-estate","reason":"Estate EST-99 is not known.","waitsFor":[],"receivedAt":"2026-12-31T02:00:00+00:00","state":"Waiting","closedBy":"","closedBecause":""}],"total":1}
            """,
        [("Workforce", $"/quarantine/{Message}")] = $$"""
            {"message":{"id":"{{Message}}","source":"urn:hr:yunlu","eventId":"e-77","type":"employee.moved.v1","code":"unknown-estate","reason":"Estate EST-99 is not known.","waitsFor":[],"receivedAt":"2026-12-31T02:00:00+00:00","state":"Waiting","closedBy":"","closedBecause":""},
            "body":"{ \"orgUnitId\": \"EST-99\" }"}
            """,
        [("Budgeting", "/parked-messages")] = $$"""
            {"items":[{"id":"budgeting-funding/1","queue":"budgeting-funding","stream":"{{Run}}","version":3,"contract":"FundingRequested","code":"no-line","reason":"No line pays for it.","parkedAt":"2026-12-31T02:00:00+00:00","body":"{}"}],"total":1}
            """,
        [("NeedsAssessment", "/audit")] = """{"items":[{"id":"00000000-0000-0000-0000-0000000000f3","sequence":7,"at":"2026-12-31T02:00:00+00:00","actor":"lin@yl","fact":"NeedApproved","stream":"00000000-0000-0000-0000-000000000011","version":2,"correlationId":"c","causationId":""}],"total":1}""",
        [("Scheduling", $"/events/{Event}")] = Fact(Event, "FundingRequested", ""),
        [("Scheduling", "/events")] = $$"""{"items":[{{Fact(Event, "FundingRequested", "")}}],"total":1}""",
        [("Budgeting", "/events")] = $$"""{"items":[{{Fact(new("00000000-0000-0000-0000-0000000000f2"), "FundsReserved", Event.ToString())}}],"total":1}""",
        [("Evaluation", "/findings")] = $$"""
            {"items":[{"id":"00000000-0000-0000-0000-000000000012","estateId":"{{Estate}}","itemCode":"A-07","severity":"Major","cause":"Skill","competencyCode":"C07","foundOn":"2026-11-02","dueOn":"2026-12-02","state":"Trained","relevant":true,"trained":true,"needIds":[]}],"total":1}
            """,
        [("Evaluation", "/evaluations/by-estate")] = $$"""
            {"items":[{"estateId":"{{Estate}}","attendees":18,"completed":17,"suppressed":false,"tests":{"n":17,"passed":15,"meanPre":51,"meanPost":86,"normalisedGain":0.71,"gainN":17} },
            {"estateId":"00000000-0000-0000-0000-0000000000e2","attendees":3,"completed":3,"suppressed":true,"tests":{"n":0,"passed":0,"meanPre":0,"meanPost":0,"normalisedGain":0,"gainN":0} }],"total":2}
            """,
        [("Evaluation", $"/employees/{Person}/evaluations")] = $$"""
            {"items":[{"runId":"{{Run}}","courseCode":"K03","endedAt":"2027-01-06T04:00:00+00:00","completed":true,"answered":false,"lastScore":86,"passed":true,"test":"Passed"},
            {"runId":"{{TestRun}}","courseCode":"K03","endedAt":"2027-01-07T04:00:00+00:00","completed":true,"answered":true,"lastScore":-1,"passed":false,"test":"Open"}],"total":2}
            """,
        [("Evaluation", $"/evaluations/{TestRun}/tests/{Person}")] = $$"""
            {"runId":"{{TestRun}}","courseCode":"K03","state":"Open","attempt":1,"attemptsLeft":3,"passMark":80,"lastScore":-1,"questions":[
            {"stem":{"chinese":"业主投诉时先做什么？","english":"An owner complains. What comes first?"},"several":false,"options":[{"chinese":"先倾听","english":"Listen"},{"chinese":"先解释","english":"Explain"}]},
            {"stem":{"chinese":"服务补救包括哪些？","english":"What belongs to recovery?"},"several":true,"options":[{"chinese":"道歉","english":"Apologise"},{"chinese":"跟进","english":"Follow up"},{"chinese":"推诿","english":"Blame others"}]}]}
            """,
        [("Evaluation", $"POST /evaluations/{TestRun}/tests/{Person}")] = """{"score":100,"passed":true,"right":2,"of":2,"attemptsLeft":2}""",
        [("Evaluation", "/question-banks")] = $$"""{"items":[{"courseId":"{{Course}}","courseCode":"K03","version":2,"questions":1,"draw":1,"publishedAt":"2026-12-01T02:00:00+00:00"}],"total":1}""",
        [("Evaluation", $"/question-banks/{Course}")] = """
            {"number":2,"draw":1,"publishedAt":"2026-12-01T02:00:00+00:00","questions":[{"stem":{"chinese":"业主投诉时先做什么？","english":"An owner complains. What comes first?"},
            "options":[{"chinese":"先倾听","english":"Listen"},{"chinese":"先解释","english":"Explain"}],"right":[0]}]}
            """,
        [("Evaluation", "/certificates/verify/YL.1")] = """{"courseCode":"K03","title":"投诉处理与服务补救","titleEnglish":"Complaint handling and service recovery","validFrom":"2027-01-06","validTo":"2029-01-05","valid":true,"holder":"00000000"}""",
    };

    static string Fact(Guid id, string type, string cause) => $$"""
        {"id":"{{id}}","stream":"{{Run}}","version":1,"type":"{{type}}","at":"2026-12-31T02:00:00+00:00","correlationId":"corr-1","causationId":"{{cause}}","actor":"portal","data":{"amount":2540} }
        """;
}
