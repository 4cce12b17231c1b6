using System.Security.Cryptography;
using Yaopai.Server.Hosting.Tls;
using Yaopai.Tests.Hosting.Tls;
using E = Yaopai.Errors.OperatorErrors.Tls;

namespace Yaopai.Tests.Admin.Causes;

internal static class CausesInTls
{
    private static readonly DevelopmentCertificate.Made s_good = TestCertificate.Shared.Made;

    public static IReadOnlyList<Cause> All { get; } =
    [
        new(E.FileUnreadable,           1,
            scene => scene.ServeAsync($"--Tls:Certificate={scene.Folder}/none.pem", $"--Tls:Key={scene.Folder}/none.pem")),
        new(E.CertificateMalformed,     1, scene => ServeAsync(scene, "no certificate", s_good.Keys)),
        new(E.KeyMalformed,             1, scene => ServeAsync(scene, s_good.Certificates, "no key")),
        new(E.KeyEncrypted,             1, scene => ServeAsync(scene, s_good.Certificates, EncryptedKey())),
        new(E.KeyOfAnotherCertificate,  1, scene => ServeAsync(scene, s_good.Certificates, MadeAfter(TimeSpan.Zero).Keys)),
        new(E.CertificateExpired,       1, scene => ServeAsync(scene, MadeAfter(TimeSpan.FromDays(-100)))),
        new(E.CertificateNotYetValid,   1, scene => ServeAsync(scene, MadeAfter(TimeSpan.FromDays(100)))),
        new(E.CertificateSetElsewhere,  1, SetElsewhereAsync),
        new(E.CertificatePresent,       1, PresentAsync),
    ];

    private static DevelopmentCertificate.Made MadeAfter(TimeSpan later) =>
        TestCertificate.Make(TimeProvider.System.GetUtcNow() + later).Made;

    private static Task<Operator.Heard> ServeAsync(Scene scene, DevelopmentCertificate.Made made) =>
        ServeAsync(scene, made.Certificates, made.Keys);

    private static Task<Operator.Heard> ServeAsync(Scene scene, string certificates, string keys) =>
        scene.ServeAsync($"--Tls:Certificate={scene.Write("certificate.pem", certificates)}", $"--Tls:Key={scene.Write("key.pem", keys)}");

    private static Task<Operator.Heard> SetElsewhereAsync(Scene scene) => scene.RunAsync(
        [("YAOPAI_Tls__Certificate", scene.Write("mine.pem", "")), ("YAOPAI_Tls__Key", scene.Write("mine.key", ""))],
        ["certificate", .. scene.Where]);

    private static async Task<Operator.Heard> PresentAsync(Scene scene)
    {
        Assert.Equal(0, (await scene.Operator.RunAsync("certificate")).ExitCode);
        return await scene.Operator.RunAsync("certificate");
    }

    private static string EncryptedKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportEncryptedPkcs8PrivateKeyPem(
            "password", new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1));
    }
}
