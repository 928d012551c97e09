using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Training.Identity.Connect;

/// <summary>
/// The keys that tokens are signed and refresh tokens are encrypted with, from a folder that only the owner reads. Made at the first
/// start; several replicas mount the same folder.
/// </summary>
sealed class Keys
{
    Keys(string folder)
    {
        Folder = Directory.CreateDirectory(folder);
        if (!OperatingSystem.IsWindows()) Folder.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

        var ec = ECDsa.Create();
        ec.ImportFromPem(Read("signing.pem", () => ECDsa.Create(ECCurve.NamedCurves.nistP256).ExportECPrivateKeyPem()));
        Signing = new(ec);
        Encryption = new(Convert.FromBase64String(Read("encryption.key", () => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)))));
    }

    public DirectoryInfo Folder { get; }
    public ECDsaSecurityKey Signing { get; }
    public SymmetricSecurityKey Encryption { get; }

    public static Keys Of(IConfiguration configuration) =>
        new(configuration["Identity:Keys"] ?? throw new InvalidOperationException("Identity:Keys, a folder, is missing."));

    string Read(string name, Func<string> make)
    {
        var path = Path.Combine(Folder.FullName, name);
        if (!File.Exists(path)) File.WriteAllText(path, make());
        return File.ReadAllText(path);
    }
}
