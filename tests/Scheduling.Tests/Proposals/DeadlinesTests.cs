using System.Collections.Immutable;
using Training.Scheduling.Known;
using Training.Scheduling.Proposals;
using Training.Scheduling.Runs;
using static Training.Scheduling.Tests.World;

namespace Training.Scheduling.Tests.Proposals;

public class DeadlinesTests
{
    static readonly DateOnly From = new(2027, 1, 4), To = new(2027, 4, 4);
    static readonly Guid Person = Id("person");

    static DateOnly Deadline(DateOnly? certificate = null, DateOnly? licence = null, string course = "K07")
    {
        Dictionary<Guid, KnownCertificate> certificates = [];
        if (certificate is { } validTo && KnownCertificate.IdOf(Person, Course.Id) is var id) certificates[id] = new(id, Person, Course.Id, validTo);
        Dictionary<Guid, KnownEmployee> staff = [];
        if (licence is { } expires) staff[Person] = new(Person, Estate.Value, "MON", true, ImmutableDictionary<string, DateOnly>.Empty.Add("fire", expires).Add("driver", From));
        var offer = new Offer(new(Id("plan")), new(Id("line")), new(Course.Id), course, "HZ", "2027Q1", 1, 1, 10, 1, 240, Cny(0), Cny(0), "FC7", "YL-HZ", false, Zone, false, 0);
        return new Deadlines(certificates, staff, new Dictionary<string, string> { ["K07"] = "fire" }).Of(new(new(Person), Estate, new(Id("need"))), offer, From, To);
    }

    [Fact]
    public void Nothing_that_runs_out_is_no_deadline() => Assert.Equal(DateOnly.MaxValue, Deadline());

    [Fact]
    public void A_certificate_is_renewed_by_its_last_day() => Assert.Equal(new(2027, 2, 10), Deadline(certificate: new(2027, 2, 10)));

    [Fact]
    public void A_licence_is_renewed_by_its_last_day_in_the_course_for_it()
    {
        Assert.Equal(new(2027, 3, 1), Deadline(licence: new(2027, 3, 1)));
        Assert.Equal(DateOnly.MaxValue, Deadline(licence: new(2027, 3, 1), course: "K05"));
    }

    [Fact]
    public void The_earlier_of_the_two_counts()
    {
        Assert.Equal(new(2027, 2, 10), Deadline(certificate: new(2027, 2, 10), licence: new(2027, 3, 1)));
        Assert.Equal(new(2027, 2, 10), Deadline(certificate: new(2027, 3, 1), licence: new(2027, 2, 10)));
    }

    [Fact]
    public void What_ran_out_before_is_due_within_the_horizon_and_what_outlasts_it_is_not()
    {
        Assert.Equal(To, Deadline(certificate: From.AddDays(-1)));
        Assert.Equal(From, Deadline(certificate: From));
        Assert.Equal(To, Deadline(certificate: To));
        Assert.Equal(DateOnly.MaxValue, Deadline(certificate: To.AddDays(1)));
        Assert.Equal(DateOnly.MaxValue, Deadline(certificate: DateOnly.MaxValue));
    }
}
