using Yaopai.Server.Credentials;
using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.Credentials;

internal sealed record RevocationRow(long AppId, long AccountId, byte[] GrantId, long BeforeAt, long RecordedAt, long Bucket)
{
    /// <summary>The pair that stands for all.</summary>
    public static readonly byte[] AllGrants = BlobOf(Guid.Empty);

    /// <summary>Stores a revocation; of two for the same subject the later instants win.</summary>
    public const string Put =
        """
        INSERT INTO revocation (app_id, account_id, pair_id, before_at, recorded_at, bucket)
        VALUES (@AppId, @AccountId, @GrantId, @BeforeAt, @RecordedAt, @Bucket)
        """ + Merge;

    public const string Merge =
        """

        ON CONFLICT (app_id, account_id, pair_id) DO UPDATE
           SET before_at   = CASE WHEN excluded.before_at   > revocation.before_at
                                  THEN excluded.before_at   ELSE revocation.before_at   END,
               recorded_at = CASE WHEN excluded.recorded_at > revocation.recorded_at
                                  THEN excluded.recorded_at ELSE revocation.recorded_at END,
               bucket      = CASE WHEN excluded.bucket      > revocation.bucket
                                  THEN excluded.bucket      ELSE revocation.bucket      END
        """;

    public static RevocationRow Of(Revocation revocation, DateTimeOffset recordedAt) => new(
        revocation.AppId,
        revocation.AccountId,
        BlobOf(revocation.GrantId),
        revocation.Before.ToMicroseconds(),
        recordedAt.ToMilliseconds(),
        Engine.Bucket.Of(revocation.KeepUntil));

    public static byte[] BlobOf(Guid id) => id.ToByteArray(bigEndian: true);

    public Revocation ToRevocation() => new(
        AppId, AccountId, new Guid(GrantId, bigEndian: true), Instants.FromMicroseconds(BeforeAt), Engine.Bucket.EndOf(Bucket));
}
