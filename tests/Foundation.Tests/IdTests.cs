using System.Text.Json;

namespace Training.Foundation.Tests;

public readonly record struct SampleId(Guid Value) : IId<SampleId> { public static SampleId From(Guid value) => new(value); }

public class IdTests
{
    /// <summary>Computed outside: the first 16 bytes of SHA-256 over the words joined with U+001F, with version 8 and the variant of RFC 9562.</summary>
    [Fact]
    public void The_same_words_make_the_same_id_for_ever() =>
        Assert.Equal(Guid.Parse("265b053b-c483-8d2c-8802-c04b94f2ba3c"), DerivedId.Of("estate", "YL", "EST-01"));

    [Fact]
    public void Words_do_not_run_into_each_other()
    {
        Guid[] ids = [DerivedId.Of("ab", "c"), DerivedId.Of("a", "bc"), DerivedId.Of("abc"), DerivedId.Of("abc", ""), DerivedId.Of("", "abc"), DerivedId.Of("a,b", "c"), DerivedId.Of("a", "b,c")];
        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Fact]
    public void An_id_is_written_as_its_bare_guid_also_as_a_key()
    {
        var id = new SampleId(DerivedId.Of("sample", "1"));
        Assert.Equal($"\"{id.Value}\"", JsonSerializer.Serialize(id, House.Options));
        Assert.Equal(id, JsonSerializer.Deserialize<SampleId>($"\"{id.Value}\"", House.Options));

        var text = JsonSerializer.Serialize(new Dictionary<SampleId, int> { [id] = 7 }, House.Options);
        Assert.Equal(7, JsonDocument.Parse(text).RootElement.GetProperty(id.Value.ToString()).GetInt32());
        Assert.Equal(id, Assert.Single(JsonSerializer.Deserialize<Dictionary<SampleId, int>>(text, House.Options) ?? []).Key);
    }

    [Fact]
    public void What_is_no_guid_is_no_id() => Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<SampleId>("\"EST-01\"", House.Options));
}
