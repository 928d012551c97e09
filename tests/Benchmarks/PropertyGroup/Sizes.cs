namespace Training.Benchmarks.PropertyGroup;

/// <summary>How large a generated group is and how tight. Shares are of what the planted schedule uses: 0 leaves nothing beyond it.</summary>
/// <param name="Name">S, M or L.</param>
/// <param name="Estates">Estates, eight to a region.</param>
/// <param name="Weeks">Length of the horizon.</param>
/// <param name="Sessions">Sessions to plan.</param>
sealed record Size(string Name, int Estates, int Weeks, int Sessions)
{
    /// <summary>Guards on each shift beyond the minimum of the posts.</summary>
    public int Relief { get; init; } = 1;

    /// <summary>Seats of a run beyond its planted learners, as a share.</summary>
    public double SpareSeats { get; init; } = 0.1;

    /// <summary>Hours of a trainer beyond those planted, as a share.</summary>
    public double SpareHours { get; init; } = 0.25;

    /// <summary>Most days from a planted class to the deadline of its mandatory learners.</summary>
    public int DeadlineSlack { get; init; } = 21;

    public static readonly Size S = new("S", 5, 4, 40), M = new("M", 40, 13, 800), L = new("L", 200, 13, 4_500);

    /// <summary>As tight as the options say: <c>--relief</c>, <c>--spare-seats</c>, <c>--spare-hours</c>, <c>--deadline-slack</c>.</summary>
    public Size As(Options options) => this with
    {
        Relief = options.Number("relief", Relief), SpareSeats = options.Share("spare-seats", SpareSeats),
        SpareHours = options.Share("spare-hours", SpareHours), DeadlineSlack = options.Number("deadline-slack", DeadlineSlack),
    };

    public static Size Of(string name) => name switch { "S" => S, "M" => M, "L" => L, _ => throw new ArgumentException($"No size is called {name}: S, M, L.") };
}
