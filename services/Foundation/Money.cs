namespace Training.Foundation;

/// <summary>An amount in one currency. Amounts of different currencies never mix.</summary>
public readonly record struct Money(decimal Amount, string Currency)
{
    public static Money Zero(string currency) => new(0, currency);

    public static Money operator +(Money left, Money right) => new(left.Amount + right.In(left.Currency), left.Currency);
    public static Money operator -(Money left, Money right) => new(left.Amount - right.In(left.Currency), left.Currency);
    public static Money operator *(Money left, decimal factor) => new(left.Amount * factor, left.Currency);
    public static bool operator >(Money left, Money right) => left.Amount > right.In(left.Currency);
    public static bool operator <(Money left, Money right) => left.Amount < right.In(left.Currency);
    public static bool operator >=(Money left, Money right) => !(left < right);
    public static bool operator <=(Money left, Money right) => !(left > right);

    /// <summary>Two decimals, half away from zero, as on a Chinese invoice. The only rounding there is.</summary>
    public Money Rounded() => this with { Amount = decimal.Round(Amount, 2, MidpointRounding.AwayFromZero) };

    public override string ToString() => FormattableString.Invariant($"{Amount:0.00} {Currency}");

    decimal In(string currency) =>
        Currency == currency ? Amount : throw new InvalidOperationException($"{Currency} and {currency} don't add.");
}
