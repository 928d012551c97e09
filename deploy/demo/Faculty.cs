using System.Globalization;

namespace Training.Demo;

/// <summary>A trainer of the group's own staff.</summary>
public sealed record InternalTrainer(string Key, string Grade, string Region, Person Person);

/// <summary>A lecturer of an outside vendor, who travels everywhere.</summary>
public sealed record ExternalTrainer(string Key, string Grade);

/// <summary>Who teaches: 52 junior, 44 intermediate and 10 senior trainers, 260 coaches, and the lecturers of 13 vendors.</summary>
public static class Faculty
{
    const int LecturersPerVendor = 3;

    /// <summary>Teaching hours a year of each grade; lecturers are bought by the hour.</summary>
    public static readonly IReadOnlyDictionary<string, int> Hours =
        new Dictionary<string, int> { ["I1"] = 26, ["I2"] = 48, ["I3"] = 80, ["OJT"] = 14, ["X1"] = 400, ["X2"] = 400, ["X3"] = 400 };

    /// <summary>Yuan an hour, for a coach an award each session.</summary>
    public static readonly IReadOnlyDictionary<string, int> Fees =
        new Dictionary<string, int> { ["I1"] = 80, ["I2"] = 120, ["I3"] = 180, ["OJT"] = 20, ["X1"] = 700, ["X2"] = 1_350, ["X3"] = 2_100 };

    static readonly (string Grade, int Heads)[] HeadOffice = [("I3", 10), ("I1", 12), ("I2", 4)];
    static readonly (string Grade, int Vendors)[] Vendors = [("X1", 5), ("X2", 4), ("X3", 4)];

    public static IEnumerable<InternalTrainer> Internal(Group group, People people)
    {
        var next = 0;
        foreach (var (grade, heads) in HeadOffice)
            for (var number = 1; number <= heads; number++, next++)
            {
                var region = group.Regions[next % group.Regions.Count].Code;
                yield return new(Key(grade, region, "HQ", number), grade, region, people.At[(group.Estates[^1], "HQ")].ElementAt(next));
            }

        foreach (var (estate, rank) in group.Managed.Select((estate, rank) => (estate, rank)))
        {
            yield return Of("I1", "SUP", 0);
            yield return Of("I2", "SUP", 1);
            foreach (var position in (string[])["SEC", "CLN"])
            {
                yield return Of("OJT", position, 0);
                yield return Of("OJT", position, 5);
            }
            yield return Of("OJT", "GRD", 0);
            yield return Of("OJT", "ENG", 0);
            if (rank % 2 == 1) yield return Of("OJT", "SEC", 10);

            InternalTrainer Of(string grade, string position, int index) =>
                new(Key(grade, estate.Code, position, index), grade, estate.Region, people.At[(estate, position)].ElementAt(index));
        }
    }

    public static IEnumerable<ExternalTrainer> External() =>
        from vendor in Vendors
        from number in Enumerable.Range(1, vendor.Vendors)
        from lecturer in Enumerable.Range(1, LecturersPerVendor)
        select new ExternalTrainer(Key(vendor.Grade, "V", number.ToString(CultureInfo.InvariantCulture), lecturer), vendor.Grade);

    /// <summary>Trainers teach the courses of their grade; a coach only what his own trade learns on the job.</summary>
    public static IEnumerable<Course> CoursesOf(Group group, string grade, string? position) =>
        group.Courses.Where(course => course.Grade == grade && (grade != "OJT" || position is not null && course.Audience.ContainsKey(position)));

    static string Key(string grade, string place, string position, int number) => string.Create(CultureInfo.InvariantCulture, $"{grade}-{place}-{position}-{number:00}");
}
