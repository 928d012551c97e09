using System.Collections.Concurrent;
using System.Text.Json;
using Training.Foundation;

namespace Training.Demo;

/// <summary>Learners say how it was and are tested; what they proved lifts their levels, and inspectors look again.</summary>
static class ProveLearning
{
    const string Evaluation = nameof(Evaluation), NeedsAssessment = nameof(NeedsAssessment);
    const double PassMark = 80, Responses = 0.78, Recurrence = 0.14;

    static readonly string[] Questions = ["content", "trainer", "usefulness"];

    sealed record Result(Guid EmployeeId, int Pre, int Post)
    {
        public bool Passed => Post >= PassMark;
    }

    public static async Task Run(Stage stage)
    {
        var (platform, ct) = (stage.Platform, stage.Ct);
        var runs = (await MakePlan.Runs(stage)).Where(run => run.Text("state") == "Held").ToList();
        await Platform.Until("every run that was held is open for evaluation", async () =>
            (await platform.Get(Evaluation, "/evaluations?take=1", ct)).Count("total") >= runs.Count, ct);

        // The demo's employee account has feedback and tests of its own still ahead.
        var visitor = stage.Group.EmployeeId(LookAhead.Employee);
        var learners = (await HoldSessions.Sessions(stage)).Where(session => session.Count("sequence") == 1)
            .ToDictionary(session => session.Id("runId"), IReadOnlyList<Guid> (session) => [.. HoldSessions.Present(session).Where(learner => learner != visitor)]);
        await stage.Step("reactions", async () =>
        {
            await Platform.Each(runs, async (run, token) => await React(stage, run, learners[run.Id("id")], token), ct);
            return $"{runs.Count} runs rated";
        });
        ConcurrentBag<(JsonElement Run, Result Result)> tested = [];
        await stage.Step("tests", async () =>
        {
            await Platform.Each(runs, async (run, token) =>
            {
                var results = learners[run.Id("id")].Select(learner => Test(stage.Group, run, learner)).ToList();
                if (results.Count > 0) await Submit(stage, run, results, token);
                foreach (var result in results) tested.Add((run, result));
            }, ct);
            return $"{tested.Count:N0} tested, {tested.Count(one => one.Result.Passed):N0} passed";
        });
        await stage.Step("questions", async () =>
        {
            // Who failed can try again on the phone.
            var banks = Banks();
            await Platform.Each(banks, async (bank, token) => await platform.Put(Evaluation, $"/question-banks/{stage.Group.CourseId(bank.Key)}", new
            {
                version = 1, draw = bank.Value.GetProperty("draw"), questions = bank.Value.GetProperty("questions"),
            }, Role.GroupTrainingManager, token), ct);
            return $"for {banks.Count} courses";
        });
        await stage.Step("levels", async () =>
        {
            var (proved, raised) = (LevelsProved(stage, tested.Where(one => one.Result.Passed)), 0);
            await Platform.Until($"all {proved} levels that were proved are raised", async () => (raised = (await platform.Get(Evaluation, "/summary", ct)).Count("levelsRaised")) >= proved, ct);
            stage.Answer("levels-raised", $"{proved}", $"{raised}");
            var gaps = await platform.Get(NeedsAssessment, "/gaps/summary", ct);
            return $"{raised:N0} raised, {gaps.Count("closedGaps"):N0} gaps closed, {gaps.Count("openGaps"):N0} open";
        });
        await stage.Step("re-inspections", async () =>
        {
            var trained = await platform.List(Evaluation, "/findings?state=Trained", ct);
            await Platform.Each(trained, async (finding, token) => await platform.Post(Evaluation, $"/findings/{finding.Id("id")}/verify", new
            {
                on = Quarter.Day(stage.Quarter.Last), passed = Chance.Of("recurs", finding.Id("id").ToString()) >= Recurrence,
            }, Role.QualityInspector, token), ct);
            return $"{trained.Count} findings looked at again";
        });
    }

    static IReadOnlyList<KeyValuePair<string, JsonElement>> Banks()
    {
        using var file = typeof(ProveLearning).Assembly.GetManifestResourceStream("questions.json") ?? throw new InvalidOperationException("questions.json is missing.");
        return [.. JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(file) ?? throw new InvalidOperationException("questions.json is empty.")];
    }

    static Task React(Stage stage, JsonElement run, IReadOnlyList<Guid> learners, CancellationToken ct)
    {
        var answering = learners.Where(learner => Chance.Of("answers", run.Text("id"), learner.ToString()) < Responses).ToList();
        return answering.Count == 0 ? Task.CompletedTask : stage.Platform.Post(Evaluation, $"/evaluations/{run.Id("id")}/reactions", new
        {
            reactions = answering.Select(learner => new
            {
                employeeId = learner,
                ratings = Questions.ToDictionary(question => question, question =>
                    Math.Clamp((int)Math.Round(4.3 + 0.7 * Chance.Normal($"{question}-{run.Text("id")}", learner.ToString())), 1, 5)),
            }),
        }, Role.Employee, ct);
    }

    static Task<JsonElement> Submit(Stage stage, JsonElement run, IReadOnlyList<Result> results, CancellationToken ct) =>
        stage.Platform.Post(Evaluation, $"/evaluations/{run.Id("id")}/tests", new
        {
            results = results.Select(result => new { employeeId = result.EmployeeId, pre = result.Pre, post = result.Post, takenAt = stage.Quarter.At(stage.Quarter.Last, TimeSpan.FromHours(10)) }),
        }, Role.Trainer, ct);

    /// <summary>Before the course N(58, 12); the course brings the planted share of what was missing, more where people practise (F8).</summary>
    static Result Test(Group group, JsonElement run, Guid learner)
    {
        var gain = group.Courses.Single(course => course.Code == run.Text("courseCode")).Mode is "OJT" or "Drill" ? 0.55 : 0.45;
        var key = $"{run.Text("id")}-{learner}";
        var pre = Math.Clamp((int)Math.Round(58 + 12 * Chance.Normal("pre", key)), 0, 99);
        var post = (int)Math.Round(pre + (100 - pre) * Math.Clamp(gain + 0.1 * Chance.Normal("gain", key), 0, 1));
        return new(learner, pre, post);
    }

    /// <summary>How many levels these tests lift their learners: a step lifts whoever stands on it, whatever the order of the tests.</summary>
    static int LevelsProved(Stage stage, IEnumerable<(JsonElement Run, Result Result)> passed) => passed.GroupBy(one => one.Result.EmployeeId).Sum(person =>
    {
        var steps = person.SelectMany(one => stage.Group.Courses.Single(course => course.Code == one.Run.Text("courseCode")).Steps).ToList();
        return steps.Select(step => step.Competency).Distinct().Sum(competency =>
        {
            var start = stage.People.LevelsOf(person.Key).GetValueOrDefault(competency);
            var level = start;
            while (steps.FirstOrDefault(step => step.Competency == competency && step.From <= level && level < step.To) is { } next) level = next.To;
            return level - start;
        });
    });
}
