using Training.Workforce.Estates;
using static Training.Workforce.Estates.OpenEstateHandler;
using static Training.Workforce.Tests.People;

namespace Training.Workforce.Tests.Estates;

public class OpenEstateTests
{
    static readonly EstateDetails Details = new("EST-01", "西溪别院", "HZ", "YL-HZ", "V", 186, "Asia/Shanghai");
    static readonly OpenEstate Command = new(Villa, "EST-01", Details, new(2027, 1, 1), 5);
    static readonly EstateOpened Fact = new(Villa, "EST-01", Details, new(2027, 1, 1), 5);
    static readonly DateOnly January = new(2027, 1, 1);
    static readonly PostMinimum Control = new("MON", "MON", default, default, 2, "fire-facility-operator");
    static readonly SetMinimumManning Posts = new(Villa, [Control], January, 5);

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
    public void A_newer_message_makes_older_ones_late_even_when_it_says_nothing_new()
    {
        var confirmed = new EstateConfirmed(Villa, new(2027, 1, 1), 7);
        Given<Estate>.That(Fact).When(estate => Decide(estate, Command with { Sequence = 7 })).Then(confirmed);
        Given<Estate>.That(Fact, confirmed).When(estate => Decide(estate, Command with { Sequence = 7 })).ThenNothing();
        Given<Estate>.That(Fact, confirmed).When(estate => Decide(estate, Command with { Sequence = 6, Details = Details with { Households = 200 } })).ThenNothing();
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
        var set = new MinimumManningSet(Villa, [Control], January, 5);
        Given<Estate>.That(Fact).When(estate => SetMinimumManningHandler.Decide(estate, Posts)).Then(set);
        Given<Estate>.That(Fact, set).When(estate => SetMinimumManningHandler.Decide(estate, Posts)).ThenNothing();
        Given<Estate>.That(Fact, set).When(estate => SetMinimumManningHandler.Decide(estate, Posts with { Posts = [] })).Then(set with { Posts = [] });
    }

    [Fact]
    public void Posts_have_an_order_of_their_own()
    {
        var set = new MinimumManningSet(Villa, [Control], January, 5);
        var confirmed = new MinimumManningConfirmed(Villa, January, 7);
        var other = Posts with { Posts = [Control with { Heads = 1 }], Sequence = 6 };
        Given<Estate>.That(Fact, set).When(estate => SetMinimumManningHandler.Decide(estate, Posts with { Sequence = 7 })).Then(confirmed);
        Given<Estate>.That(Fact, set, confirmed).When(estate => SetMinimumManningHandler.Decide(estate, other)).ThenNothing();
        Given<Estate>.That(Fact, set, confirmed).When(estate => SetMinimumManningHandler.Decide(estate, Posts with { Posts = [], Sequence = 8 }))
            .Then(set with { Posts = [], Sequence = 8 });

        // Messages without posts don't make those with posts late.
        Given<Estate>.That(Fact, new EstateConfirmed(Villa, January, 7)).When(estate => SetMinimumManningHandler.Decide(estate, other))
            .Then(set with { Posts = other.Posts, Sequence = 6 });
    }

    [Fact]
    public void Posts_of_which_nobody_said_the_order_are_as_old_as_the_estate()
    {
        var set = new MinimumManningSet(Villa, [Control]);
        Given<Estate>.That(Fact, set).When(estate => SetMinimumManningHandler.Decide(estate, Posts with { Posts = [], Sequence = 4 })).ThenNothing();
        Given<Estate>.That(Fact, set).When(estate => SetMinimumManningHandler.Decide(estate, Posts with { Posts = [], Sequence = 6 }))
            .Then(new MinimumManningSet(Villa, [], January, 6));
    }

    [Fact]
    public void A_post_needs_a_name_a_sane_number_and_is_named_once()
    {
        GivenNothing.When(() => SetMinimumManningHandler.Decide(null, Posts with { Posts = [Control with { Heads = -1 }] })).ThenBroken("negative-heads");
        GivenNothing.When(() => SetMinimumManningHandler.Decide(null, Posts with { Posts = [Control with { PostCode = "" }] })).ThenBroken("nameless-post");
        GivenNothing.When(() => SetMinimumManningHandler.Decide(null, Posts with { Posts = [Control, Control with { Heads = 3 }] })).ThenBroken("post-twice");
    }
}
