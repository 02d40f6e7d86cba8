package io.millrace.common.checkpoint.s3;

import io.millrace.common.checkpoint.storage.ObjectName;
import io.millrace.common.core.config.StorageLocation;
import io.millrace.common.core.error.Check;

/** The keys of the objects at one place in a bucket. */
record S3Location(StorageLocation.Bucket place) {
    S3Location {
        Check.argument(
                place.prefix().isEmpty() || ObjectName.isWellFormed(place.prefix()),
                "Not a prefix of names: '" + place.prefix() + "'");
    }

    String bucket() {
        return place.bucket();
    }

    /** What the keys of all objects there begin with, up to where their names begin. */
    String keyPrefix() {
        return place.prefix().isEmpty() ? "" : place.prefix() + "/";
    }

    String keyOf(ObjectName name) {
        return keyPrefix() + name.text();
    }

    /** As a user writes it. */
    @Override
    public String toString() {
        return place.toString();
    }
}
