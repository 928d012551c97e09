namespace Training.Contracts.Budgeting.V1;

public record FundsReserved
{
    public required Guid RunId { get; init; }
    public required Guid LineId { get; init; }
    public required decimal Amount { get; init; }
    public required string Currency { get; init; }
}

public record FundsDeclined
{
    public required Guid RunId { get; init; }
    /// <summary>Stable kebab-case code: no-line or not-enough-funds.</summary>
    public required string Code { get; init; }
    public required string Reason { get; init; }
}
