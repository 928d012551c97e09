using JasperFx.Events;
using Training.Catalogue.Courses;
using Training.Catalogue.Trainers;
using Training.Catalogue.Venues;
using V1 = Training.Contracts.Catalogue.V1;

namespace Training.Catalogue;

/// <summary>The only place where stored facts become public contracts.</summary>
public static class Published
{
    public static object? Translate(IEvent stored) => stored.Data switch
    {
        CoursePublished e => Course(e, e.Content),
        CourseRetired e => new V1.CourseRetired { CourseId = e.CourseId.Value },
        TrainerRegistered e => Trainer(e.TrainerId, e.Profile),
        TrainerRevised e => Trainer(e.TrainerId, e.Profile),
        TrainerReinstated e => Trainer(e.TrainerId, e.Profile),
        TrainerAuthorised e => new V1.TrainerAuthorised { TrainerId = e.TrainerId.Value, CourseId = e.CourseId.Value, ValidTo = e.ValidTo },
        TrainerLapsed e => new V1.TrainerLapsed { TrainerId = e.TrainerId.Value, CourseId = e.CourseId.Value, LapsedOn = e.LapsedOn },
        TrainerUnavailable e => new V1.TrainerUnavailable { TrainerId = e.TrainerId.Value, From = e.From, To = e.To },
        TrainerAvailable e => new V1.TrainerAvailable { TrainerId = e.TrainerId.Value, From = e.From, To = e.To },
        VenueOpened e => Venue(e.VenueId, e.Profile),
        VenueRefitted e => Venue(e.VenueId, e.Profile),
        VenueClosed e => new V1.VenueClosed { VenueId = e.VenueId.Value, From = e.From, To = e.To },
        VenueReopened e => new V1.VenueReopened { VenueId = e.VenueId.Value, From = e.From, To = e.To },
        _ => null,
    };

    static V1.CoursePublished Course(CoursePublished e, CourseContent content) => new()
    {
        CourseId = e.CourseId.Value,
        Code = e.Code,
        Version = e.Version,
        Title = content.Title,
        TitleEnglish = content.TitleEnglish,
        Module = content.Module.ToString(),
        Mode = content.Mode.ToString(),
        Minutes = content.Minutes,
        MinLearners = content.MinLearners,
        MaxLearners = content.MaxLearners,
        Steps = [.. content.Steps.Select(step => new V1.CompetencyStep { CompetencyCode = step.CompetencyCode, FromLevel = step.FromLevel, ToLevel = step.ToLevel })],
        Audience = [.. content.Audience.Select(share => share.PositionCode)],
        Prerequisites = [.. content.Prerequisites.Select(id => id.Value)],
        ValidityMonths = content.ValidityMonths,
        FundCategory = content.FundCategory,
        TrainerGrade = content.TrainerGrade.ToString(),
        Equipment = content.Equipment,
        CostPerRun = content.CostPerRun.Amount,
        CostPerLearner = content.CostPerLearner.Amount,
        Currency = content.CostPerRun.Currency,
    };

    static V1.TrainerRegistered Trainer(TrainerId id, TrainerProfile profile) => new()
    {
        TrainerId = id.Value, Name = profile.Name, Grade = profile.Grade.ToString(), Region = profile.Region, EmployeeId = profile.EmployeeId?.Value,
        HoursPerYear = profile.HoursPerYear,
    };

    static V1.VenueOpened Venue(VenueId id, VenueProfile profile) => new()
    {
        VenueId = id.Value, Name = profile.Name, Region = profile.Region, EstateId = profile.EstateId?.Value, Seats = profile.Seats, Equipment = profile.Equipment,
    };
}
