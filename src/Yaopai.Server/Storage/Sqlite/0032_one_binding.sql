-- One person of another platform's app is bound to an account. Of two who were bound to it at the same moment the first stays.
DELETE FROM binding
 WHERE EXISTS (SELECT 1
                 FROM binding AS other
                WHERE other.account_id = binding.account_id
                  AND other.provider = binding.provider
                  AND other.provider_app_id = binding.provider_app_id
                  AND (other.bound_at, other.open_id) < (binding.bound_at, binding.open_id));

DROP INDEX binding_account;
CREATE UNIQUE INDEX binding_account ON binding (account_id, provider, provider_app_id);
