-- Bytes that each tenant stores, kept exact by every write of a part.
CREATE TABLE knowledge_usage (
    tenant_id BIGINT NOT NULL PRIMARY KEY,
    bytes     BIGINT NOT NULL
);

CREATE TABLE knowledge_component (
    tenant_id BIGINT NOT NULL,
    id        BIGINT NOT NULL,
    name      TEXT   NOT NULL,
    PRIMARY KEY (tenant_id, id)
);

CREATE UNIQUE INDEX knowledge_component_name ON knowledge_component (tenant_id, name);

-- Component 0 is none.
CREATE TABLE knowledge_category (
    tenant_id    BIGINT NOT NULL,
    component_id BIGINT NOT NULL,
    name         TEXT   NOT NULL,
    id           BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, component_id, name)
);

-- details is JSON: all that a list says of an article.
CREATE TABLE knowledge_article (
    tenant_id   BIGINT NOT NULL,
    app_id      BIGINT NOT NULL,
    source_name TEXT   NOT NULL,
    source_id   TEXT   NOT NULL,
    article_id  BIGINT NOT NULL,
    module      TEXT   NOT NULL,
    created_at  BIGINT NOT NULL,
    details     TEXT   NOT NULL,
    content     TEXT,
    PRIMARY KEY (tenant_id, app_id, source_name, source_id)
);

CREATE UNIQUE INDEX knowledge_article_id ON knowledge_article (tenant_id, article_id);

-- The lists that an article is in: its app's, that of everyone, those of departments and members; each once for all components (0) and
-- once for its own. The lowest rank comes first.
CREATE TABLE knowledge_listing (
    tenant_id    BIGINT NOT NULL,
    app_id       BIGINT NOT NULL,
    scope        TEXT   NOT NULL,
    component_id BIGINT NOT NULL,
    rank         BIGINT NOT NULL,
    article_id   BIGINT NOT NULL,
    published_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, app_id, scope, component_id, rank, article_id)
);

CREATE INDEX knowledge_listing_article ON knowledge_listing (tenant_id, article_id);

-- Files of apps. links counts the articles that have one; one with a bucket leaves when that has passed. Until it is sealed it is
-- announced or on its way.
CREATE TABLE knowledge_attachment (
    tenant_id       BIGINT NOT NULL,
    id              TEXT   NOT NULL,
    app_id          BIGINT NOT NULL,
    name            TEXT   NOT NULL,
    content_id      TEXT   NOT NULL,
    stored          BIGINT NOT NULL,
    type            TEXT,
    md5             BYTEA,
    sha256          BYTEA,
    announced_size  BIGINT,
    announced_md5   BYTEA,
    announced_key   BYTEA,
    announced_until BIGINT,
    links           BIGINT NOT NULL,
    bucket          BIGINT,
    PRIMARY KEY (tenant_id, id)
);

CREATE INDEX knowledge_attachment_bucket ON knowledge_attachment (bucket);

CREATE TABLE knowledge_part (
    tenant_id  BIGINT NOT NULL,
    content_id TEXT   NOT NULL,
    number     BIGINT NOT NULL,
    bytes      BYTEA  NOT NULL,
    PRIMARY KEY (tenant_id, content_id, number)
);

CREATE TABLE knowledge_link (
    tenant_id     BIGINT NOT NULL,
    article_id    BIGINT NOT NULL,
    attachment_id TEXT   NOT NULL,
    PRIMARY KEY (tenant_id, article_id, attachment_id)
);

CREATE INDEX knowledge_link_attachment ON knowledge_link (tenant_id, attachment_id);
