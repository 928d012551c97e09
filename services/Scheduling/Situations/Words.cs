using System.Collections.Immutable;
using System.Globalization;
using Training.Scheduling.Calendars;
using Training.Scheduling.FirstFit;
using Training.Scheduling.Known;
using Training.Scheduling.Planning;
using Training.Scheduling.Planning.Explaining;

namespace Training.Scheduling.Situations;

/// <summary>The same said in Chinese and in English.</summary>
public sealed record Sentence(string Chinese, string English);

/// <summary>Reasons and relaxations in the words of the group: trainers, venues, posts, people and dates.</summary>
sealed class Words
{
    readonly Situation situation;
    readonly Grid grid;
    readonly Dictionary<string, Sentence> names = new(StringComparer.Ordinal);

    public Words(Situation situation)
    {
        (this.situation, grid) = (situation, new(situation));
        (names["venue"], names["trainer"]) = (new("场地", "venue"), new("讲师", "trainer"));
        (names[nameof(ReasonCode.People)], names[nameof(ReasonCode.Order)]) = (new("学员另有安排", "learners who are elsewhere"), new("先修顺序", "the order of courses"));
        foreach (var venue in situation.Venues) names[Translation.IdOf(venue.Id)] = Same(venue.Name);
        foreach (var trainer in situation.Trainers) names[Translation.IdOf(trainer.Id)] = Same(trainer.Name);
        foreach (var run in situation.Runs)
        {
            names[Translation.IdOf(run.Id)] = Same(run.CourseCode);
            names[$"course:{Translation.IdOf(run.Course)}"] = new($"{run.CourseCode} 的授课资格", $"the authorisation for {run.CourseCode}");
            names[$"region:{run.Region}"] = new($"{run.Region} 区域的服务范围", $"region {run.Region}");
            foreach (var thing in run.Equipment) names[$"has:{thing}"] = Same(thing);
        }
        foreach (var estate in situation.Estates)
        {
            names[$"estate:{Translation.IdOf(estate.Id)}"] = new($"{estate.Code} 本项目", $"a place at {estate.Code}");
            foreach (var rule in estate.Posts) names[Release.ProfileOf(estate.Code, rule)] = PostOf(estate.Code, rule);
        }
    }

    static Sentence Same(string name) => new(name, name);

    public static Sentence PostOf(string estate, PostRule rule)
    {
        var (licence, held) = rule.Licence == "" ? ("", "") : ($"（持 {rule.Licence} 证）", $" (licence {rule.Licence})");
        return new($"{estate} 的 {rule.Post} 岗{licence}", $"post {rule.Post} of {estate}{held}");
    }

    public Sentence Untaught(SituationRun run, Class at, int session, string trainer, int authorised) => new(
        $"{run.CourseCode} 第 {session} 次课（{Clock(at.From)}）无人授课：{trainer} 无法授课；另有 {authorised} 名讲师具备资格，但当时都没有空、课时不足或不能离岗。",
        $"Nobody can teach session {session} of {run.CourseCode} on {Clock(at.From)}: {trainer} can't, and none of the {authorised} others who are authorised is free then, has hours left and can leave his post.");

    public Sentence Unhoused(SituationRun run, Class at, int session, string venue, int others) => new(
        $"{run.CourseCode} 第 {session} 次课（{Clock(at.From)}）没有场地：{venue} 不可用；另有 {others} 处场地符合要求，但当时都已占用，或参加者因路程无法离岗。",
        $"Session {session} of {run.CourseCode} on {Clock(at.From)} has no room: {venue} is closed, and none of the {others} others that would do is free then and near enough for everybody to leave his post.");

    Sentence Name(string id) => names.GetValueOrDefault(id, Same(id));

    string At(int slot) => Clock(grid.At(Math.Clamp(slot, 0, grid.Slots - 1)));

    /// <summary>The day after the last one that counts.</summary>
    string Before(int slot) => grid.DayOf(Math.Clamp(slot, 0, grid.Slots - 1)).AddDays(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    string Clock(DateTimeOffset at) => at.In(situation.TimeZone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    static string Hours(int slots) => (slots / 2m).ToString("0.#", CultureInfo.InvariantCulture);

    Sentence Several(IEnumerable<string> ids)
    {
        var all = ids.Select(Name).ToList();
        return new(string.Join("、", all.Select(one => one.Chinese)), string.Join(" and ", all.Select(one => one.English)));
    }

    public Sentence Of(Reason reason)
    {
        var (about, here) = (Name(reason.About), reason.InThisPlan ? new Sentence("在本计划中，", "In this plan, ") : new("无论如何排课，", "In any plan, "));
        var (needed, have, of) = (reason.Needed, reason.Have, reason.Of);
        return reason.Code switch
        {
            ReasonCode.NoResource when Several(reason.Features) is var features =>
                new($"{of} 个{about.Chinese}中没有一个同时具备{features.Chinese}。", $"None of the {of} {about.English}s has {features.English}."),
            ReasonCode.TooLarge => new($"至少 {needed} 人参加，而合适的 {of} 个{about.Chinese}中最大的只有 {have} 座。", $"At least {needed} people attend, and the largest of the {of} {about.English}s that fit seats {have}."),
            ReasonCode.NoStart => new($"{Hours(needed)} 小时的课在任何工作日的上课时间内都排不下。", $"A class of {Hours(needed)} hours fits into the class hours of no working day."),
            ReasonCode.NoneFree when reason.About == "trainer" => new($"{here.Chinese}合适的 {needed} 个{about.Chinese}在 {of} 个可行开始时间都没有空或课时不足。",
                $"{here.English}none of the {needed} {about.English}s that fit is free and has hours left at any of its {of} possible times."),
            ReasonCode.NoneFree => new($"{here.Chinese}合适的 {needed} 个{about.Chinese}在 {of} 个可行开始时间都没有空。",
                $"{here.English}none of the {needed} {about.English}s that fit is free at any of its {of} possible times."),
            ReasonCode.Coverage => new($"{here.Chinese}{about.Chinese}在 {of} 个可行开始时间中最好的一个（{At(reason.Slot)}）也只能抽出 {have} 人，而需要 {needed} 人。",
                $"{here.English}{about.English} can spare {have} of the {needed} people needed even at the best of {of} possible times, {At(reason.Slot)}."),
            ReasonCode.People => new($"{here.Chinese}学员在全部 {of} 个可行开始时间都另有课程。", $"{here.English}its learners are in other classes at all of its {of} possible times."),
            ReasonCode.Order when reason.About.Length > 0 && reason.Slot < 0 => new($"无法与 {about.Chinese} 按先修顺序安排：两者各自排得下，但不能先后都排下。",
                $"It can't be held in order with {about.English}: each has its place, but not one after the other."),
            ReasonCode.Order when reason.About.Length > 0 => new($"无法与 {about.Chinese} 按先修顺序安排：前者最早于 {At(needed)} 结束，后者最晚于 {At(have)} 开始。",
                $"It can't be held in order with {about.English}: the first ends at {At(needed)} at the earliest, the second starts at {At(have)} at the latest."),
            ReasonCode.Order => new($"{here.Chinese}先修或后续课程占去了全部 {of} 个可行开始时间。", $"{here.English}what must come before or after it bars all of its {of} possible times."),
            ReasonCode.NoCommonPlace => new($"{here.Chinese}全部 {of} 个可行开始时间都被挡住：{string.Join("，", reason.Barriers.Select(barrier => $"{Name(barrier.Key).Chinese} {barrier.Value} 个"))}。",
                $"{here.English}all of its {of} possible times are barred: {string.Join(", ", reason.Barriers.Select(barrier => $"{barrier.Value} by {Name(barrier.Key).English}"))}."),
            ReasonCode.TooFewPlaces => new($"{here.Chinese}{needed} 次课中只有 {have} 次能同时安排。", $"{here.English}only {have} of its {needed} sessions find a place together."),
            ReasonCode.CoverageOverbooked when !reason.PerSlot => new($"{Before(reason.Slot)} 之前，{of} 个班至少要从{about.Chinese}抽出 {needed} 人次，而最多只能抽出 {have} 人次。",
                $"{of} runs need somebody of {about.English} {needed} times before {Before(reason.Slot)}, and can have somebody {have} times at most."),
            ReasonCode.CoverageOverbooked => new($"{Before(reason.Slot)} 之前，{of} 个班至少要从{about.Chinese}抽出 {Hours(needed)} 人时，而最多只能抽出 {Hours(have)} 人时。",
                $"{of} runs need {Hours(needed)} hours of people's time of {about.English} before {Before(reason.Slot)}, and can have {Hours(have)} at most."),
            ReasonCode.ResourcesOverbooked => new($"{Before(reason.Slot)} 之前，{of} 个班需要合适的{about.Chinese}共 {Hours(needed)} 小时，而最多只有 {Hours(have)} 小时。",
                $"{of} runs need the {about.English}s that fit for {Hours(needed)} hours before {Before(reason.Slot)}, and can have them for {Hours(have)} at most."),
            ReasonCode.HoursOverbooked => new($"合适的{about.Chinese}总共还能授课 {Hours(have)} 小时，而 {of} 个班需要 {Hours(needed)} 小时。",
                $"The {about.English}s that fit may teach {Hours(have)} hours in all, and {of} runs need {Hours(needed)}."),
            ReasonCode.Fits => new("有位置可排；不排更省，或搜索结束前未能排到。", "It has a place; leaving it out was cheaper, or the search ended before it got there."),
            _ => throw new NotSupportedException($"No words for {reason.Code}."),
        };
    }

    public Sentence Of(Relaxation relaxation)
    {
        var (about, amount) = (Name(relaxation.About), relaxation.Amount);
        switch (relaxation.Code)
        {
            case RelaxationCode.Authorise: return Several(relaxation.Features) is var features ? new($"让{about.Chinese}具备{features.Chinese}。", $"Give {about.English} {features.English}.") : about;
            case RelaxationCode.OneMore:
                var (with, when) = (Several(relaxation.Features), Times(relaxation.Witness));
                return relaxation.About == "venue" ? new($"再增加一个{about.Chinese}（{with.Chinese}，{amount} 座），{when} 可用。", $"Find one more {about.English} with {with.English} and {amount} seats, free at {when}.")
                    : new($"再增加一个{about.Chinese}（{with.Chinese}），{when} 可用。", $"Find one more {about.English} with {with.English}, free at {when}.");
            case RelaxationCode.Move:
                var (old, now) = (Times(relaxation.Moved), Times(relaxation.Witness.Where(at => at.Activity == relaxation.About)));
                return old == now ? new($"{old} 的 {about.Chinese} 换用其他讲师或场地。", $"Give {about.English} of {old} another trainer or venue.")
                    : new($"把 {old} 的 {about.Chinese} 改到 {now}。", $"Move {about.English} from {old} to {now}.");
            case RelaxationCode.Backfill:
                return new($"{Times(relaxation.Witness)} 上课期间增派顶岗：{string.Join("，", relaxation.Heads.Select(post => $"{Name(post.Key).Chinese} {post.Value} 人"))}。",
                    $"Send {string.Join(" and ", relaxation.Heads.Select(post => $"{post.Value} more to {Name(post.Key).English}"))} for the class at {Times(relaxation.Witness)}.");
            default: throw new NotSupportedException($"No words for {relaxation.Code}.");
        }
    }

    string Times(IEnumerable<Placement> placements) => string.Join(", ", placements.OrderBy(at => at.Slot).Select(at => At(at.Slot)));

    /// <summary>Too few can come at any time: the best time, and what keeps the others then.</summary>
    public Sentence TooFewCome(SituationRun run, Coming best, bool inThisPlan)
    {
        var (come, kept, others) = (best.Learners - best.Obstacles.Length, best.Obstacles.Length, Counted(best.Obstacles));
        return new(
            $"{(inThisPlan ? "在本计划中，" : "")}{best.Learners} 名学员在任何开始时间最多只有 {come} 人能来（{Clock(best.At)}），而 {run.CourseCode} 至少要 {best.Least} 人；其余 {kept} 人：{others.Chinese}。",
            $"{(inThisPlan ? "In this plan, at" : "At")} no time can more than {come} of its {best.Learners} learners come (best {Clock(best.At)}), and {run.CourseCode} needs {best.Least}; the other {kept}: {others.English}.");
    }

    public static Sentence TooFewWait(SituationRun run, int waiting) => new(
        $"没有座位的学员只剩 {waiting} 人，而 {run.CourseCode} 至少要 {run.MinLearners} 人才能开班。",
        $"Only {waiting} learners of this course are left without a seat, and a run of {run.CourseCode} needs {run.MinLearners}.");

    public static Sentence NoRunHeld(string course) => new($"本计划没有排 {course} 的班。", $"No run of {course} is held in this plan.");

    /// <summary>Why somebody has a seat in none of the runs of his course.</summary>
    public static Sentence NoSeat(string course, int full, int outOfOrder, int settled, ImmutableArray<Obstacle> obstacles)
    {
        List<Sentence> parts = [];
        if (full > 0) parts.Add(new($"{full} 个已满", $"{full} full"));
        if (outOfOrder > 0) parts.Add(new($"{outOfOrder} 个与先修顺序不符", $"{outOfOrder} out of order with another course"));
        if (settled > 0) parts.Add(new($"{settled} 个有空位但名单已公布", $"{settled} with a free seat but a published list"));
        if (obstacles.Length > 0) parts.Add(Counted(obstacles));
        var runs = full + outOfOrder + settled + obstacles.Length;
        return new($"{course} 的 {runs} 个班都不行：{string.Join("，", parts.Select(part => part.Chinese))}。", $"None of the {runs} runs of {course} is possible: {string.Join(", ", parts.Select(part => part.English))}.");
    }

    static Sentence Counted(IEnumerable<Obstacle> obstacles)
    {
        var parts = obstacles.GroupBy(obstacle => obstacle).OrderByDescending(same => same.Count()).ThenBy(same => same.Key.ToString(), StringComparer.Ordinal).Select(same => (Obstacle: Said(same.Key), Times: same.Count())).ToList();
        return new(string.Join("，", parts.Select(part => $"{part.Times} 次因{part.Obstacle.Chinese}")), string.Join(", ", parts.Select(part => $"{part.Times} because {part.Obstacle.English}")));
    }

    static Sentence Said(Obstacle obstacle) => obstacle.Kind switch
    {
        ObstacleKind.Post when PostOf(obstacle.Estate, obstacle.Rule) is var post =>
            new($"{post.Chinese}会少于 {obstacle.Rule.Heads} 人", $"{post.English} would have fewer than {obstacle.Rule.Heads} people"),
        ObstacleKind.Rest => new("休息会不足 11 小时", "the rest of 11 hours would be cut"),
        ObstacleKind.Order => new("先修课程当时尚未结束", "a course that comes first hasn't ended then"),
        ObstacleKind.Elsewhere => new("学员另有课程或缺勤", "of another class or absence"),
        _ => new("没有排班表", "there is no roster"),
    };

    public Sentence OneMoreSeat(SituationRun run, DateTimeOffset at) =>
        new($"{run.CourseCode} 在 {Clock(at)} 的班增加一个座位。", $"Pay for one more seat in the run of {run.CourseCode} at {Clock(at)}.");

    public Sentence Enrol(SituationRun run, DateTimeOffset at) => new($"把学员补录到 {Clock(at)} 的 {run.CourseCode} 班（有空位）。", $"Enrol the learner in the run of {run.CourseCode} at {Clock(at)}, which has a free seat.");

    public Sentence Backfilled(Obstacle obstacle, SituationRun run, DateTimeOffset at) => PostOf(obstacle.Estate, obstacle.Rule) is var post
        ? new($"在 {Clock(at)} 的 {run.CourseCode} 期间为{post.Chinese}增派 1 人顶岗。", $"Send one more person to {post.English} during {run.CourseCode} at {Clock(at)}.") : post;
}
