using Training.Foundation;

namespace Training.Budgeting;

/// <summary>What is asked of all money that somebody enters, so that it adds up with the rest of its year.</summary>
static class Entered
{
    public static void CheckCurrency(string currency)
    {
        if (currency.Length != 3 || !currency.All(char.IsAsciiLetterUpper)) throw new RuleBroken("no-currency", "The currency is an ISO 4217 code of three capital letters, such as CNY.");
    }

    public static void CheckAmount(Money amount)
    {
        if (amount != amount.Rounded()) throw new RuleBroken("too-many-decimals", "An amount has two decimals at most.");
    }
}
