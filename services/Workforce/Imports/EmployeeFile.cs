using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Training.Foundation;

namespace Training.Workforce.Imports;

public record EmployeeRow(
    int Line, string EmployeeNo, string PersonId, string EmploymentId, string LegalEntity, string OrgUnitId, string PositionCode, DateOnly HireDate);

/// <summary>A CSV file of employees, read as far as it can be: sound rows, and what is wrong with the others.</summary>
public record EmployeeFile(int Count, IReadOnlyList<EmployeeRow> Rows, IReadOnlyList<BrokenRow> Broken)
{
    static readonly string[] Columns = ["employeeNo", "personId", "employmentId", "legalEntity", "orgUnitId", "positionCode", "hireDate"];

    /// <exception cref="RuleBroken">The header lacks a column.</exception>
    public static async Task<EmployeeFile> Read(Stream body, CancellationToken ct)
    {
        using var text = new StreamReader(body);
        using var csv = new CsvReader(text, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            TrimOptions = TrimOptions.Trim, BadDataFound = null, MissingFieldFound = null,
        });
        if (!await csv.ReadAsync() || !csv.ReadHeader()) throw new RuleBroken("empty-file", "The file is empty; its first line names the columns.");
        if (Columns.Except(csv.HeaderRecord ?? []).ToList() is { Count: > 0 } missing)
            throw new RuleBroken("missing-columns", $"The header lacks {string.Join(", ", missing)}.");

        var (count, rows, broken, people, contracts) = (0, new List<EmployeeRow>(), new List<BrokenRow>(), new HashSet<string>(), new HashSet<string>());
        while (await csv.ReadAsync())
        {
            ct.ThrowIfCancellationRequested();
            count++;
            var line = csv.Parser.RawRow;
            var fields = Columns.ToDictionary(column => column, column => csv.GetField(column) ?? "");
            var wrong = fields.Where(field => field.Value == "").Select(field => new BrokenRow(line, field.Key, "The value is missing.")).ToList();
            if (!DateOnly.TryParseExact(fields["hireDate"], "yyyy-MM-dd", out var hired) && fields["hireDate"] != "")
                wrong.Add(new(line, "hireDate", $"\"{fields["hireDate"]}\" is no date like 2027-01-31."));
            if (fields["personId"] != "" && !people.Add(fields["personId"])) wrong.Add(new(line, "personId", $"Person {fields["personId"]} appears twice in this file."));
            if (fields["employmentId"] != "" && !contracts.Add(fields["employmentId"]))
                wrong.Add(new(line, "employmentId", $"Employment {fields["employmentId"]} appears twice in this file."));

            broken.AddRange(wrong);
            if (wrong.Count == 0)
                rows.Add(new(line, fields["employeeNo"], fields["personId"], fields["employmentId"], fields["legalEntity"], fields["orgUnitId"], fields["positionCode"], hired));
        }
        return new(count, rows, broken);
    }
}
