using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Stores;

namespace Yaopai.Server.Storage.Sql;

/// <summary>Empties every table but the keys', and those of who administers and what they did.</summary>
internal sealed class SqlWipe(Database database) : IWipe
{
    public Task WipeAsync(CancellationToken ct) => database.WriteAsync(session => session.ExecuteAsync(
        """
        DELETE FROM security_event;
        DELETE FROM revocation;
        DELETE FROM used_code;
        DELETE FROM call_id;
        DELETE FROM call_fence;
        DELETE FROM short_link;
        DELETE FROM binding;
        DELETE FROM scan_scene;
        DELETE FROM friendship;
        DELETE FROM device_authorization;
        DELETE FROM consent;
        DELETE FROM personal_data_use;
        DELETE FROM real_name;
        DELETE FROM access_key;
        DELETE FROM numbered_request;
        DELETE FROM sign_in;
        DELETE FROM sign_in_failure;
        DELETE FROM open_id;
        DELETE FROM union_id;
        DELETE FROM identifier_backlog;
        DELETE FROM third_party_session;
        DELETE FROM verification_code;
        DELETE FROM verification_count;
        DELETE FROM phone_number;
        DELETE FROM account;
        DELETE FROM app;
        DELETE FROM developer;
        DELETE FROM account_group;
        DELETE FROM data_link;
        DELETE FROM data_association;
        DELETE FROM data_hash;
        DELETE FROM data_value;
        DELETE FROM data_object;
        DELETE FROM data_property;
        DELETE FROM data_type;
        DELETE FROM data_dropped_type;
        DELETE FROM data_dropped_property;
        DELETE FROM data_dropped_association;
        DELETE FROM data_preference;
        DELETE FROM data_usage;
        DELETE FROM member_role;
        DELETE FROM role;
        DELETE FROM role_group;
        DELETE FROM mobile_change;
        DELETE FROM membership;
        DELETE FROM retired_user_id;
        DELETE FROM member;
        DELETE FROM department;
        DELETE FROM registered_app;
        DELETE FROM subscription;
        DELETE FROM app_tenancy;
        DELETE FROM tenant;
        DELETE FROM check_in;
        DELETE FROM knowledge_link;
        DELETE FROM knowledge_listing;
        DELETE FROM knowledge_article;
        DELETE FROM knowledge_category;
        DELETE FROM knowledge_component;
        DELETE FROM knowledge_part;
        DELETE FROM knowledge_attachment;
        DELETE FROM knowledge_usage;
        DELETE FROM purchase;
        DELETE FROM purchase_order;
        DELETE FROM market_customer;
        DELETE FROM market_key;
        DELETE FROM upstream_token;
        DELETE FROM upstream_account;
        DELETE FROM provisioning_item;
        DELETE FROM message_inbox;
        DELETE FROM message_broadcast;
        DELETE FROM message;
        DELETE FROM public_account_follow;
        DELETE FROM public_account;
        DELETE FROM todo;
        DELETE FROM world;
        DELETE FROM void_span;
        """), ct);
}
