using Training.Foundation;
using Training.Workforce.HrEdge;

namespace Training.Workforce.Estates;

/// <summary>What the HR system says of an estate from a day on; of two messages the one with the later day, then the higher sequence, counts.</summary>
public record OpenEstate(EstateId EstateId, string OrgUnitId, EstateDetails Details, DateOnly EffectiveOn, long Sequence);

public static class OpenEstateHandler
{
    static readonly string[] Kinds = ["V", "T", "H", "HQ"];

    public static IEstateFact[] Decide(Estate? estate, OpenEstate command)
    {
        var details = command.Details;
        if (!Kinds.Contains(details.Kind)) throw new RuleBroken("unknown-kind", $"Kind {details.Kind} is none of {string.Join(", ", Kinds)}.");
        if (details.Households < 0) throw new RuleBroken("negative-households", "An estate can't have less than no households.");
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(details.TimeZone, out _))
            throw new RuleBroken("unknown-time-zone", $"{details.TimeZone} is no IANA time zone, such as Asia/Shanghai.");

        if (estate is null) return [new EstateOpened(command.EstateId, command.OrgUnitId, details, command.EffectiveOn, command.Sequence)];
        var order = (command.EffectiveOn, command.Sequence).CompareTo((estate.EffectiveOn, estate.Sequence));
        if (order < 0) return [];
        if (estate.Details != details) return [new EstateChanged(command.EstateId, details, command.EffectiveOn, command.Sequence)];
        return order == 0 ? [] : [new EstateConfirmed(command.EstateId, command.EffectiveOn, command.Sequence)];
    }
}

/// <summary>Opens an estate, or takes over what changed, with its minimum manning where the message has it.</summary>
sealed class OrgUnitChangedConsumer : IHrConsumer
{
    sealed record Data(
        string OrgUnitId, string Kind, string Code, string Name, string Region, string LegalEntity, int Households, string TimeZone, string Op = "changed",
        DateOnly? EffectiveFrom = null, IReadOnlyList<PostData>? Posts = null);

    sealed record PostData(string PostCode, string PositionCode, TimeOnly From, TimeOnly To, int Heads, string LicenceType = "");

    public IReadOnlyList<string> Types => ["hr.orgunit.changed.v1"];

    public HrWork Read(HrMessage message)
    {
        var data = message.Read<Data>();
        if (data.Op is "closed" or "merged") throw new RuleBroken("operation-not-supported", $"Estates can't be {data.Op} by message yet.");

        var id = Estate.IdOf(message.Tenant, data.OrgUnitId);
        var details = new EstateDetails(data.Code, data.Name, data.Region, data.LegalEntity, data.Kind, data.Households, data.TimeZone);
        var open = new OpenEstate(id, data.OrgUnitId, details, data.EffectiveFrom ?? message.Day, message.Sequence);
        var manning = new SetMinimumManning(id,
            [.. (data.Posts ?? []).Select(post => new PostMinimum(post.PostCode, post.PositionCode, post.From, post.To, post.Heads, post.LicenceType))],
            open.EffectiveOn, open.Sequence);

        return new HrWork<Estate>(id.Value, (estate, _) =>
        [
            .. OpenEstateHandler.Decide(estate, open),
            .. data.Posts is null ? [] : SetMinimumManningHandler.Decide(estate, manning),
        ])
        {
            Provides = [HrKey.Estate(data.OrgUnitId)],
        };
    }
}
