using System.Text;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using Microsoft.Extensions.Localization;
using Training.Portal.Frame;
using Training.Portal.Clients;

namespace Training.Portal.Downloads;

/// <summary>Somebody's sessions as an iCalendar feed (RFC 5545): one stable UID per session, times in the estate's zone.</summary>
static class CalendarFeed
{
    internal static async Task<IResult> Handle(Backend backend, Visitors visitors, IStringLocalizer<Shared> texts)
    {
        if ((await visitors.Current()).Employee is not { } employee) return Results.NotFound();
        var (titles, venues) = (await Courses.Titles(backend), (await backend.Get<Listing<VenueView>>("Catalogue", "/venues?take=1000")).Value?.Items.ToDictionary(venue => venue.Id, venue => venue.Name) ?? []);
        var training = await backend.Get<LearnerTrainingView>("Scheduling", $"/employees/{employee}/training");
        if (training.Reply == Reply.Silent) return Results.Problem(statusCode: StatusCodes.Status503ServiceUnavailable, title: "Scheduling did not answer.");
        var mine = (training.Value?.Mine ?? []).Where(run => run.Place == 0);
        return Results.Text(Of(mine, titles, venues, texts["MyTraining"]), "text/calendar", Encoding.UTF8);
    }

    internal static string Of(IEnumerable<TrainingCardView> runs, IReadOnlyDictionary<string, string> titles, IReadOnlyDictionary<Guid, string> venues, string name)
    {
        var calendar = new Calendar { ProductId = "-//Training Platform//Portal//ZH" };
        calendar.AddProperty("X-WR-CALNAME", name);
        foreach (var (run, session) in runs.SelectMany(run => run.Sessions.Select(session => (run, session))))
            calendar.Events.Add(new CalendarEvent
            {
                Uid = $"{session.SessionId}@training-platform",
                Summary = Courses.Title(titles, run.CourseCode),
                Location = venues.GetValueOrDefault(session.VenueId) ?? "",
                Start = At(session.StartsAt, session.TimeZone),
                End = At(session.EndsAt, session.TimeZone),
                Status = session.State == "Cancelled" || run.State == "Cancelled" ? EventStatus.Cancelled : EventStatus.Confirmed,
            });
        foreach (var zone in runs.SelectMany(run => run.Sessions).Select(session => session.TimeZone).Distinct()) calendar.AddTimeZone(VTimeZone.FromDateTimeZone(zone));
        return new CalendarSerializer().SerializeToString(calendar) ?? "";
    }

    static CalDateTime At(DateTimeOffset at, string zone) => new(Words.Local(at, zone).DateTime, zone);
}
