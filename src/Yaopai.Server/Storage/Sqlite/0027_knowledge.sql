-- Bytes that each tenant stores, kept exact by every write of a part.
CREATE TABLE knowledge_usage (
    tenant_id INTEGER NOT NULL PRIMARY KEY,
    bytes     INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE knowledge_component (
    tenant_id INTEGER NOT NULL,
    id        INTEGER NOT NULL,
    name      TEXT    NOT NULL,
    PRIMARY KEY (tenant_id, id)
) WITHOUT ROWID;

CREATE UNIQUE INDEX knowledge_component_name ON knowledge_component (tenant_id, name);

-- Component 0 is none.
CREATE TABLE knowledge_category (
    tenant_id    INTEGER NOT NULL,
    component_id INTEGER NOT NULL,
    name         TEXT    NOT NULL,
    id           INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, component_id, name)
) WITHOUT ROWID;

-- details is JSON: all that a list says of an article.
CREATE TABLE knowledge_article (
    tenant_id   INTEGER NOT NULL,
    app_id      INTEGER NOT NULL,
    source_name TEXT    NOT NULL,
    source_id   TEXT    NOT NULL,
    article_id  INTEGER NOT NULL,
    module      TEXT    NOT NULL,
    created_at  INTEGER NOT NULL,
    details     TEXT    NOT NULL,
    content     TEXT,
    PRIMARY KEY (tenant_id, app_id, source_name, source_id)
);

CREATE UNIQUE INDEX knowledge_article_id ON knowledge_article (tenant_id, article_id);

-- The lists that an article is in: its app's, that of everyone, those of departments and members; each once for all components (0) and
-- once for its own. The lowest rank comes first.
CREATE TABLE knowledge_listing (
    tenant_id    INTEGER NOT NULL,
    app_id       INTEGER NOT NULL,
    scope        TEXT    NOT NULL,
    component_id INTEGER NOT NULL,
    rank         INTEGER NOT NULL,
    article_id   INTEGER NOT NULL,
    published_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, app_id, scope, component_id, rank, article_id)
) WITHOUT ROWID;

CREATE INDEX knowledge_listing_article ON knowledge_listing (tenant_id, article_id);

-- Files of apps. links counts the articles that have one; one with a bucket leaves when that has passed. Until it is sealed it is
-- announced or on its way.
CREATE TABLE knowledge_attachment (
    tenant_id       INTEGER NOT NULL,
    id              TEXT    NOT NULL,
    app_id          INTEGER NOT NULL,
    name            TEXT    NOT NULL,
    content_id      TEXT    NOT NULL,
    stored          INTEGER NOT NULL,
    type            TEXT,
    md5             BLOB,
    sha256          BLOB,
    announced_size  INTEGER,
    announced_md5   BLOB,
    announced_key   BLOB,
    announced_until INTEGER,
    links           INTEGER NOT NULL,
    bucket          INTEGER,
    PRIMARY KEY (tenant_id, id)
);

CREATE INDEX knowledge_attachment_bucket ON knowledge_attachment (bucket);

CREATE TABLE knowledge_part (
    tenant_id  INTEGER NOT NULL,
    content_id TEXT    NOT NULL,
    number     INTEGER NOT NULL,
    bytes      BLOB    NOT NULL,
    PRIMARY KEY (tenant_id, content_id, number)
);

CREATE TABLE knowledge_link (
    tenant_id     INTEGER NOT NULL,
    article_id    INTEGER NOT NULL,
    attachment_id TEXT    NOT NULL,
    PRIMARY KEY (tenant_id, article_id, attachment_id)
) WITHOUT ROWID;

CREATE INDEX knowledge_link_attachment ON knowledge_link (tenant_id, attachment_id);
