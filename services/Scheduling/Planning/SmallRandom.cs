using System.Numerics;

namespace Training.Scheduling.Planning;

/// <summary>
/// xoshiro256++ (Blackman and Vigna 2018), seeded with SplitMix64: the same numbers on every machine, and faster than a seeded <see cref="Random"/>.
/// </summary>
struct SmallRandom
{
    ulong a, b, c, d;

    public SmallRandom(ulong seed)
    {
        a = Mix(ref seed);
        b = Mix(ref seed);
        c = Mix(ref seed);
        d = Mix(ref seed);
    }

    static ulong Mix(ref ulong state)
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    public uint Next()
    {
        var result = BitOperations.RotateLeft(a + d, 23) + a;
        var t = b << 17;
        c ^= a;
        d ^= b;
        b ^= c;
        a ^= d;
        c ^= t;
        d = BitOperations.RotateLeft(d, 45);
        return (uint)(result >> 32);
    }

    public int Below(int bound) => (int)(((ulong)Next() * (uint)bound) >> 32);
}
