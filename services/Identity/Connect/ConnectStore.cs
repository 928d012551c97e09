using Microsoft.EntityFrameworkCore;

namespace Training.Identity.Connect;

/// <summary>Clients, authorizations and tokens as OpenIddict keeps them, in a schema of their own beside the facts.</summary>
sealed class ConnectStore(DbContextOptions<ConnectStore> options) : DbContext(options)
{
    const string Schema = "connect";

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.HasDefaultSchema(Schema).UseOpenIddict();

    /// <summary>Creates the tables where there are none; two hosts that start at once wait for each other.</summary>
    public async Task Create(CancellationToken ct)
    {
        await using var transaction = await Database.BeginTransactionAsync(ct);
        await Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(20270104)", ct);
        if (!await Database.SqlQuery<bool>($"select exists (select from pg_namespace where nspname = {Schema}) as \"Value\"").SingleAsync(ct))
            await Database.ExecuteSqlRawAsync(Database.GenerateCreateScript(), ct);
        await transaction.CommitAsync(ct);
    }
}
