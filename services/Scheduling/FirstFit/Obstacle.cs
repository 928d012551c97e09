using Training.Scheduling.Known;

namespace Training.Scheduling.FirstFit;

enum ObstacleKind { None, NoRoster, Elsewhere, Rest, Post, Order }

/// <summary>What keeps somebody from being away; estate and rule are those of the post that would fall below its minimum.</summary>
sealed record Obstacle(ObstacleKind Kind, string Estate, PostRule Rule)
{
    static readonly PostRule NoPost = new("", default, default, 0, "");

    public Obstacle(ObstacleKind kind) : this(kind, "", NoPost) { }
}
