using System.Collections.Immutable;
using Training.Foundation;

namespace Training.Workforce.Estates;

public readonly record struct EstateId(Guid Value) : IId<EstateId> { public static EstateId From(Guid value) => new(value); }

/// <summary>What the group says about an estate. Kind: V villa, T townhouse, H high-rise, HQ head office unit.</summary>
public record EstateDetails(string Code, string Name, string Region, string LegalEntity, string Kind, int Households, string TimeZone);

/// <summary>The least heads at a post between two local times, every day; equal times mean around the clock. Empty licence: none needed.</summary>
public record PostMinimum(string PostCode, string PositionCode, TimeOnly From, TimeOnly To, int Heads, string LicenceType);

public interface IEstateFact : IFact;
public record EstateOpened(EstateId EstateId, string OrgUnitId, EstateDetails Details, DateOnly EffectiveOn, long Sequence) : IEstateFact;
public record EstateChanged(EstateId EstateId, EstateDetails Details, DateOnly EffectiveOn, long Sequence) : IEstateFact;
/// <summary>A newer message says what is known already; those before it come too late from now on.</summary>
public record EstateConfirmed(EstateId EstateId, DateOnly EffectiveOn, long Sequence) : IEstateFact;
/// <summary>Facts of before don't say the day and the sequence of their message.</summary>
public record MinimumManningSet(EstateId EstateId, ImmutableArray<PostMinimum> Posts, DateOnly EffectiveOn = default, long Sequence = 0) : IEstateFact;
/// <summary>A newer message says what is known of the posts already.</summary>
public record MinimumManningConfirmed(EstateId EstateId, DateOnly EffectiveOn, long Sequence) : IEstateFact;

/// <summary>A managed property, or a head office unit, as the HR system knows it.</summary>
public partial record Estate(Guid Id, string OrgUnitId, EstateDetails Details, DateOnly EffectiveOn, long Sequence, ImmutableArray<PostMinimum> Posts)
{
    /// <summary>The newest message that had posts; not every message has.</summary>
    public DateOnly PostsEffectiveOn { get; init; }
    public long PostsSequence { get; init; }

    /// <summary>Posts of which nobody said the order are as old as the estate.</summary>
    public (DateOnly, long) OrderOfPosts() => PostsEffectiveOn == default && !Posts.IsEmpty ? (EffectiveOn, Sequence) : (PostsEffectiveOn, PostsSequence);

    public static EstateId IdOf(string tenant, string orgUnitId) => new(DerivedId.Of("estate", tenant, orgUnitId));

    public static Estate Create(EstateOpened e) => new(e.EstateId.Value, e.OrgUnitId, e.Details, e.EffectiveOn, e.Sequence, []);
    public Estate Apply(EstateChanged e) => this with { Details = e.Details, EffectiveOn = e.EffectiveOn, Sequence = e.Sequence };
    public Estate Apply(EstateConfirmed e) => this with { EffectiveOn = e.EffectiveOn, Sequence = e.Sequence };
    public Estate Apply(MinimumManningSet e) => this with { Posts = e.Posts, PostsEffectiveOn = e.EffectiveOn, PostsSequence = e.Sequence };
    public Estate Apply(MinimumManningConfirmed e) => this with { PostsEffectiveOn = e.EffectiveOn, PostsSequence = e.Sequence };
}
