using System.Numerics;
using Training.Scheduling.FirstFit;

namespace Training.Scheduling.Situations;

/// <summary>Starts of a class at which somebody can attend, as bits in two parts: all of them, and those that take nobody from a post.</summary>
readonly struct Times
{
    readonly ulong[] bits;

    Times(ulong[] bits) => this.bits = bits;

    public bool CanAttend(int start) => IsSet(bits, start);
    public bool IsUnposted(int start) => IsSet(bits.AsSpan(bits.Length / 2), start);

    /// <summary>Starts both can attend, those that take neither from a post counting twice.</summary>
    public int Shared(Times other)
    {
        var count = 0;
        for (var i = 0; i < bits.Length; i++) count += BitOperations.PopCount(bits[i] & other.bits[i]);
        return count;
    }

    public Times And(Times other) => new([.. bits.Zip(other.bits, (one, two) => one & two)]);

    /// <summary>Asks the board for each start, but not for those of a day off on which nothing can be in the way.</summary>
    public static Times Of(Board.Person person, int duration, bool travels, Staff staff)
    {
        var starts = staff.Grid.Starts(duration * 30);
        var words = (starts.Length + 63) / 64;
        var bits = new ulong[2 * words];
        for (int first = 0, after; first < starts.Length; first = after)
        {
            for (after = first + 1; after < starts.Length && starts[after] / Grid.SlotsPerDay == starts[first] / Grid.SlotsPerDay; after++) { }
            var isOff = staff.Board.IsOff(person, staff.AwayOf(starts[first], starts[after - 1] + duration - starts[first], travels), staff.AwayOf(0, duration, travels).Length);
            for (var i = first; i < after; i++)
            {
                var away = staff.AwayOf(starts[i], duration, travels);
                if (!isOff && !staff.Board.CanLeave(person, away)) continue;
                bits[i / 64] |= 1UL << (i % 64);
                if (isOff || !Board.IsPosted(person, away)) bits[words + (i / 64)] |= 1UL << (i % 64);
            }
        }
        return new(bits);
    }

    static bool IsSet(ReadOnlySpan<ulong> part, int start) => (part[start / 64] >> (start % 64) & 1) == 1;
}
