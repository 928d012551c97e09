using System.Text;
using Training.Foundation;
using Training.Workforce.Imports;

namespace Training.Workforce.Tests.Imports;

public class EmployeeFileTests
{
    const string Header = "employeeNo,personId,employmentId,legalEntity,orgUnitId,positionCode,hireDate\n";

    static Task<EmployeeFile> Read(string text) => EmployeeFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), TestContext.Current.CancellationToken);

    [Fact]
    public async Task Sound_rows_are_read_in_any_column_order()
    {
        var file = await Read("hireDate,personId,employmentId,legalEntity,orgUnitId,positionCode,employeeNo\n2027-01-04,P-1,C-1,YL-HZ,EST-01,SEC,\"E,1\"\n");
        Assert.Equal(new EmployeeRow(2, "E,1", "P-1", "C-1", "YL-HZ", "EST-01", "SEC", new(2027, 1, 4)), Assert.Single(file.Rows));
        Assert.Empty(file.Broken);
    }

    [Fact]
    public async Task Every_broken_row_is_named_with_its_line_and_column()
    {
        var file = await Read($"{Header}E1,P-1,C-1,YL-HZ,EST-01,SEC,04.01.2027\nE2,P-2,C-2,YL-HZ,EST-01,SEC,2027-01-04\n,P-2,C-3,YL-HZ,EST-01,SEC\n");
        Assert.Equal(3, file.Count);
        Assert.Equal("E2", Assert.Single(file.Rows).EmployeeNo);
        Assert.Equal(
            [(2, "hireDate"), (4, "employeeNo"), (4, "hireDate"), (4, "personId")], file.Broken.Select(row => (row.Line, row.Column)));
    }

    [Fact]
    public async Task Without_its_columns_a_file_is_refused()
    {
        Assert.Equal("missing-columns", (await Assert.ThrowsAsync<RuleBroken>(() => Read("employeeNo,personId\nE1,P-1\n"))).Code);
        Assert.Equal("empty-file", (await Assert.ThrowsAsync<RuleBroken>(() => Read(""))).Code);
    }
}
