using Yaopai.Server.DataStore;
using Yaopai.Server.Storage.Hot;

namespace Yaopai.Server.Storage.Sql.DataStore;

/// <summary>What a write does to the values of one key.</summary>
internal sealed class HashChange(DataChange change, long typeId, string key)
{
    private readonly long _keySize = DataText.Size(key);

    public async Task PutAsync(long propertyId, DataValue? value)
    {
        await change.RemoveAsync(
            """
            DELETE FROM data_hash
             WHERE app_id = @AppId AND type_id = @typeId AND hash_key = @key AND property_id = @propertyId
            RETURNING size
            """, new { change.AppId, typeId, key, propertyId });
        if (value is null)
            return;

        var size = _keySize + value.Size;
        await change.Session.ExecuteAsync(
            """
            INSERT INTO data_hash (app_id, type_id, hash_key, property_id, number, text, size)
            VALUES (@AppId, @typeId, @key, @propertyId, @Number, @Text, @size)
            """, new { change.AppId, typeId, key, propertyId, value.Number, value.Text, size });
        change.Count(1, size);
    }

    public async Task<DataAnswer<long>> IncrementAsync(long propertyId, HashIncrement increment)
    {
        var size = _keySize + DataValue.Of(increment.By).Size;
        var row = new { change.AppId, typeId, key, propertyId, increment.By, increment.Least, increment.Most, size };
        var known = await change.Session.FirstAsync<DataTypes.IdRow>(
            """
            SELECT property_id AS id
              FROM data_hash
             WHERE app_id = @AppId AND type_id = @typeId AND hash_key = @key AND property_id = @propertyId
            """, row);
        var after = await change.Session.ListAsync<long>(
            """
            INSERT INTO data_hash (app_id, type_id, hash_key, property_id, number, text, size)
            VALUES (@AppId, @typeId, @key, @propertyId, @By, NULL, @size)
            ON CONFLICT (app_id, type_id, hash_key, property_id) DO UPDATE
               SET number = data_hash.number + excluded.number
             WHERE data_hash.number BETWEEN @Least AND @Most
            RETURNING number
            """, row);
        if (after.Count == 0)
            return DataOutcome.InvalidOperation; // a text, or too large

        if (known is null)
            change.Count(1, size);
        return DataAnswer.Done(after[0]);
    }
}
