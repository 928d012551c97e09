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
        return new(
            $"{run.CourseCode} 第 {session + 1} 次课（{clock}）维持不变，但已不合规：{Chinese(situation, at, first)}{(more > 0 ? $"（另有 {more} 处）" : "")}。",
            $"Session {session + 1} of {run.CourseCode} on {clock} stays, but breaks a rule by now: {first.Text}{(more > 0 ? $" So {more} times more." : "")}");
    }

    static string Chinese(Situation situation, Class at, Violation violation)
    {
        var (trainer, venue) = (situation.Trainers.Single(one => one.Id == at.Trainer).Name, situation.Venues.Single(one => one.Id == at.Venue).Name);
        return violation.Kind switch
        {
            "post-below-minimum" => $"岗位低于最低在岗人数：{violation.About}",
            "rest-too-short" => "有人员休息不足 11 小时",
            "no-roster" => "学员所在项目没有排班表",
            "learner-double-booked" => "有学员同时另有课次或缺勤",
            "trainer-double-booked" => $"讲师 {trainer} 同时另有课次",
            "trainer-unavailable" => $"讲师 {trainer} 当时无法授课",
            "trainer-not-authorised" => $"讲师 {trainer} 当天没有授课资格",
            "venue-closed" => $"场地 {venue} 当时关闭",
            "venue-double-booked" => $"场地 {venue} 不可用或已被占用",
            "too-few-seats" => $"场地 {venue} 座位不足",
            "equipment-missing" => $"场地 {venue} 缺少所需设备",
            _ => "违反排课规则",
        };
    }
}
