using JasperFx.Events;
using Training.Workforce.Employees;
using Training.Workforce.Estates;
using Training.Workforce.Rosters;
using Training.Workforce.WageBases;
using V1 = Training.Contracts.Workforce.V1;

namespace Training.Workforce;

/// <summary>The only place where stored facts become public contracts.</summary>
public static class Published
{
    public static object? Translate(IEvent stored) => stored.Data switch
    {
        EstateOpened e => Opened(e.EstateId, e.Details),
        // Whoever keeps estates replaces what it knows.
        EstateChanged e => Opened(e.EstateId, e.Details),
        MinimumManningSet e => new V1.MinimumManningSet
        {
            EstateId = e.EstateId.Value,
            Posts = [.. e.Posts.Select(post => new V1.PostMinimum
            {
                PostCode = post.PostCode, PositionCode = post.PositionCode, From = post.From, To = post.To, Heads = post.Heads, LicenceType = post.LicenceType,
            })],
        },
        EmployeeHired e => new V1.EmployeeHired
        {
            EmployeeId = e.EmployeeId.Value, EmployeeNo = e.Assignment.EmployeeNo, EstateId = e.Assignment.EstateId.Value,
            PositionCode = e.Assignment.PositionCode, HiredOn = e.HiredOn,
        },
        EmployeeMoved e => new V1.EmployeeMoved
        {
            EmployeeId = e.EmployeeId.Value, EstateId = e.Assignment.EstateId.Value, PositionCode = e.Assignment.PositionCode, EffectiveOn = e.EffectiveOn,
        },
        EmployeeLeft e => new V1.EmployeeLeft { EmployeeId = e.EmployeeId.Value, LastWorkingDay = e.LastWorkingDay },
        // Who never came leaves before the first day.
        EmployeeHireCancelled e => new V1.EmployeeLeft { EmployeeId = e.EmployeeId.Value, LastWorkingDay = e.HiredOn.AddDays(-1) },
        EmployeeReturned e => new V1.EmployeeReturned
        {
            EmployeeId = e.EmployeeId.Value, EstateId = e.Assignment.EstateId.Value, PositionCode = e.Assignment.PositionCode, ReturnedOn = e.ReturnedOn,
        },
        LicenceRecorded e => new V1.LicenceRecorded
        {
            EmployeeId = e.EmployeeId.Value, LicenceType = e.LicenceType, IssuedOn = e.IssuedOn, ExpiresOn = e.ExpiresOn,
        },
        RosterPublished e => new V1.RosterPublished
        {
            RosterId = e.RosterId, EstateId = e.EstateId.Value, Revision = e.Revision, From = e.From, To = e.To,
            Shifts = [.. e.Shifts.Select(shift => new V1.RosterShift
            {
                PostCode = shift.PostCode, StartsAt = shift.StartsAt, EndsAt = shift.EndsAt, EmployeeIds = [.. shift.Employees.Select(id => id.Value)],
            })],
        },
        WageBasePosted e => new V1.WageBasePosted { LegalEntity = e.LegalEntity, Year = e.Year, Amount = e.Wages.Amount, Currency = e.Wages.Currency },
        _ => null,
    };

    static V1.EstateOpened Opened(EstateId id, EstateDetails details) => new()
    {
        EstateId = id.Value, Code = details.Code, Name = details.Name, Region = details.Region, LegalEntity = details.LegalEntity, Kind = details.Kind,
        Households = details.Households, TimeZone = details.TimeZone,
    };
}
