using Training.Workforce.Estates;
using static Training.Workforce.Estates.OpenEstateHandler;
using static Training.Workforce.Tests.People;

namespace Training.Workforce.Tests.Estates;

public class OpenEstateTests
{
    static readonly EstateDetails Details = new("EST-01", "西溪别院", "HZ", "YL-HZ", "V", 186, "Asia/Shanghai");
    static readonly OpenEstate Command = new(Villa, "EST-01", Details, new(2027, 1, 1), 5);
    static readonly EstateOpened Fact = new(Villa, "EST-01", Details, new(2027, 1, 1), 5);
    static readonly PostMinimum Control = new("MON", "MON", default, default, 2, "fire-facility-operator");

    [Fact]
    public void An_estate_is_opened_once()
    {
        GivenNothing.When(() => Decide(null, Command)).Then(Fact);
        Given<Estate>.That(Fact).When(estate => Decide(estate, Command)).ThenNothing();
    }

    [Fact]
    public void What_changes_later_replaces_and_what_comes_late_does_not()
    {
        var grown = Details with { Households = 200 };
        var changed = new EstateChanged(Villa, grown, new(2027, 2, 1), 6);
        Given<Estate>.That(Fact).When(estate => Decide(estate, Command with { Details = grown, EffectiveOn = new(2027, 2, 1), Sequence = 6 })).Then(changed);
        Given<Estate>.That(Fact, changed).When(estate => Decide(estate, Command)).ThenNothing();
    }

    [Fact]
    public void Nonsense_is_refused()
    {
        GivenNothing.When(() => Decide(null, Command with { Details = Details with { Kind = "X" } })).ThenBroken("unknown-kind");
        GivenNothing.When(() => Decide(null, Command with { Details = Details with { Households = -1 } })).ThenBroken("negative-households");
        GivenNothing.When(() => Decide(null, Command with { Details = Details with { TimeZone = "Asia/Atlantis" } })).ThenBroken("unknown-time-zone");
    }

    [Fact]
    public void Minimum_manning_is_set_once_and_replaced_as_a_whole()
    {
        var set = new MinimumManningSet(Villa, [Control]);
        Given<Estate>.That(Fact).When(estate => SetMinimumManningHandler.Decide(estate, new(Villa, [Control]))).Then(set);
        Given<Estate>.That(Fact, set).When(estate => SetMinimumManningHandler.Decide(estate, new(Villa, [Control]))).ThenNothing();
        Given<Estate>.That(Fact, set).When(estate => SetMinimumManningHandler.Decide(estate, new(Villa, []))).Then(new MinimumManningSet(Villa, []));
    }

    [Fact]
    public void A_post_needs_a_name_a_sane_number_and_is_named_once()
    {
        GivenNothing.When(() => SetMinimumManningHandler.Decide(null, new(Villa, [Control with { Heads = -1 }]))).ThenBroken("negative-heads");
        GivenNothing.When(() => SetMinimumManningHandler.Decide(null, new(Villa, [Control with { PostCode = "" }]))).ThenBroken("nameless-post");
        GivenNothing.When(() => SetMinimumManningHandler.Decide(null, new(Villa, [Control, Control with { Heads = 3 }]))).ThenBroken("post-twice");
    }
}
