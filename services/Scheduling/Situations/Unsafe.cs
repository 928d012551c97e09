using System.Collections.Immutable;
using System.Globalization;
using Training.Scheduling.Calendars;
using Training.Scheduling.Verifier;

namespace Training.Scheduling.Situations;

/// <summary>A published class that stays where it is although it breaks a rule by now: the session's place within its run, counted from 0.</summary>
public sealed record Unsafe(Guid Run, int Session, string Kind, Sentence Text);

/// <summary>Says what the verifier has against classes that stay, such as a post that is short since the roster changed. Somebody must decide about them; a plan only names them.</summary>
static class UnsafeClasses
{
    /// <summary>What nobody can teach and what has no room is said already.</summary>
    static readonly ImmutableHashSet<string> Service = ["trainer-unavailable", "trainer-not-authorised", "venue-double-booked", "venue-closed"];

    public static ImmutableArray<Unsafe> Of(Situation situation, Timetable timetable, ImmutableArray<Unserved> unserved)
    {
        var runs = situation.Runs.ToDictionary(run => run.Id);
        var said = unserved.Select(one => (one.Run, one.Session)).ToHashSet();
        return
        [
            .. VerifyTimetable.Standing(situation, timetable).GroupBy(one => (one.Run, one.Session, one.Violation.Kind), one => one.Violation)
                .Where(all => !(said.Contains((all.Key.Run, all.Key.Session)) && Service.Contains(all.Key.Kind)))
                .OrderBy(all => runs[all.Key.Run].Published[all.Key.Session].From).ThenBy(all => all.Key.Run)
                .Select(all => new Unsafe(all.Key.Run, all.Key.Session, all.Key.Kind, TextOf(situation, runs[all.Key.Run], all.Key.Session, [.. all]))),
        ];
    }

    static Sentence TextOf(Situation situation, SituationRun run, int session, ImmutableArray<Violation> violations)
    {
        var (at, first, more) = (run.Published[session], violations[0], violations.Length - 1);
        var clock = at.From.In(situation.TimeZone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        var what = Said(situation, at, first);
        return new(
            $"{run.CourseCode} 第 {session + 1} 次课（{clock}）维持不变，但已不合规：{what.Chinese}{(more > 0 ? $"（另有 {more} 处）" : "")}。",
            $"Session {session + 1} of {run.CourseCode} on {clock} stays, but breaks a rule by now: {what.English}{(more > 0 ? $" (and so {more} times more)" : "")}.");
    }

    static Sentence Said(Situation situation, Class at, Violation violation)
    {
        var (trainer, venue) = (situation.Trainers.Single(one => one.Id == at.Trainer).Name, situation.Venues.Single(one => one.Id == at.Venue).Name);
        return violation.Kind switch
        {
            "post-below-minimum" => new($"岗位低于最低在岗人数：{violation.About}", violation.Text.TrimEnd('.')),
            "rest-too-short" => new("有人员休息不足 11 小时", "somebody has less than 11 hours of rest"),
            "no-roster" => new("学员或讲师所在项目没有排班表", "the estate of a learner or of the trainer has no roster"),
            "learner-double-booked" => new("有学员同时另有课次或缺勤", "a learner has another class or is absent at that time"),
            "trainer-double-booked" => new($"讲师 {trainer} 同时另有课次", $"{trainer} has another class at that time"),
            "trainer-unavailable" => new($"讲师 {trainer} 当时无法授课", $"{trainer} can't teach at that time"),
            "trainer-not-authorised" => new($"讲师 {trainer} 当天没有授课资格", $"{trainer} isn't authorised on that day"),
            "venue-closed" => new($"场地 {venue} 当时关闭", $"{venue} is closed at that time"),
            "venue-double-booked" => new($"场地 {venue} 不可用或已被占用", $"{venue} is taken at that time"),
            "too-few-seats" => new($"场地 {venue} 座位不足", $"{venue} has too few seats"),
            "equipment-missing" => new($"场地 {venue} 缺少所需设备", $"{venue} lacks equipment that is needed"),
            _ => new("违反排课规则", violation.Text.TrimEnd('.')),
        };
    }
}
