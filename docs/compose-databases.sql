-- Prefect's own database, beside ours and never the same.
CREATE DATABASE prefect;
