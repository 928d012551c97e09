using System.Text.Json;

namespace Training.Demo;

static class Json
{
    extension(JsonElement json)
    {
        public string Text(string property) => json.GetProperty(property).GetString() ?? "";
        public Guid Id(string property) => json.GetProperty(property).GetGuid();
        public int Count(string property) => json.GetProperty(property).GetInt32();
        public decimal Amount(string property) => json.GetProperty(property).GetDecimal();
        public IEnumerable<JsonElement> Items(string property) => json.GetProperty(property).EnumerateArray();
    }
}
