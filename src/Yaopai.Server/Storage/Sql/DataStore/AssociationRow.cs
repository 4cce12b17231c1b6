using Yaopai.Server.DataStore;
using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.DataStore;

/// <summary>A stored association of two objects.</summary>
internal sealed class AssociationRow
{
    /// <summary>The first object is not of a dropped type, which is still there only to be removed.</summary>
    public const string FirstIsSeen =
        """
        NOT EXISTS (
            SELECT 1
              FROM data_dropped_type
              JOIN data_object ON data_object.app_id = data_dropped_type.app_id AND data_object.type_id = data_dropped_type.type_id
             WHERE data_dropped_type.app_id = data_link.app_id AND data_object.id = data_link.first_id)
        """;

    /// <summary>As <see cref="FirstIsSeen"/>, of the second.</summary>
    public const string SecondIsSeen =
        """
        NOT EXISTS (
            SELECT 1
              FROM data_dropped_type
              JOIN data_object ON data_object.app_id = data_dropped_type.app_id AND data_object.type_id = data_dropped_type.type_id
             WHERE data_dropped_type.app_id = data_link.app_id AND data_object.id = data_link.second_id)
        """;

    public long FirstId { get; init; }
    public long SecondId { get; init; }
    public long OtherId { get; init; }
    public string Data { get; init; } = "";
    public long Time { get; init; }
    public string Name { get; init; } = "";
    public string? Inverse { get; init; }
    public long Kind { get; init; }

    /// <summary>What finds the associations that are read from an object, or from several, by the name that was used.</summary>
    public static object From(
        long appId, AssociationDefinitionRow definition, IReadOnlyCollection<long> ids, DataPage page = default) => new
        {
            appId,
            associationId = definition.Id,
            ids = ids.ToArray(),
            fromFirst = definition.IsReadFromFirst ? 1L : 0L,
            fromSecond = definition.IsReadFromSecond ? 1L : 0L,
            take = page.Size,
            skip = page.Skipped,
        };

    public static Task<IReadOnlyList<AssociationRow>> BetweenAsync(Session session, long appId, long firstId, long secondId) =>
        session.ListAsync<AssociationRow>(
            """
            SELECT data_link.first_id, data_link.second_id, data_link.data, data_link.time,
                   data_association.name, data_association.inverse, data_association.kind
              FROM data_link
              JOIN data_association ON data_association.app_id = data_link.app_id AND data_association.id = data_link.association_id
             WHERE data_link.app_id = @appId
               AND (   (data_link.first_id = @firstId AND data_link.second_id = @secondId)
                    OR (data_link.first_id = @secondId AND data_link.second_id = @firstId))
            """, new { appId, firstId, secondId });

    /// <summary>By which names the second object is found from the first.</summary>
    public IEnumerable<Association> ReadFrom(long firstId, long secondId)
    {
        var symmetric = (AssociationKind)Kind is AssociationKind.Symmetric;
        var time = Instants.FromMilliseconds(Time);
        if (FirstId == firstId || symmetric)
            yield return new(Name, firstId, secondId, Data, time);
        if (SecondId == firstId && Inverse is not null)
            yield return new(Inverse, firstId, secondId, Data, time);
    }
}
