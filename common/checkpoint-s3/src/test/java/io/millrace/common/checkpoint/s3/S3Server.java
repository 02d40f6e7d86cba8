package io.millrace.common.checkpoint.s3;

import io.millrace.common.core.config.StorageLocation;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;

/** A real server that speaks S3 and checks signatures; its buckets are directories. */
public final class S3Server implements AutoCloseable {
    static final String ACCESS_KEY = "millrace-tests";
    static final String SECRET = "canary-secret-of-the-tests";
    public static final String BUCKET = "checkpoints";

    private final Path directory;
    private final Path keyFile;
    private final S3Proxy proxy;

    public S3Server(Path root) throws Exception {
        this.directory = Files.createDirectories(root.resolve("buckets"));
        this.keyFile = root.resolve("keys");
        Files.writeString(keyFile, keys(SECRET));
        Files.createDirectories(directory.resolve(BUCKET));
        Properties properties = new Properties();
        properties.setProperty("jclouds.filesystem.basedir", directory.toString());
        this.proxy = S3Proxy.builder()
                .blobStore(BlobStores.create("filesystem-nio2", properties))
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, ACCESS_KEY, SECRET)
                .stopTimeout(0)
                .build();
        proxy.start();
    }

    public static String keys(String secret) {
        return "[default]\naws_access_key_id = " + ACCESS_KEY + "\naws_secret_access_key = " + secret + "\n";
    }

    public String endpoint() {
        return "http://127.0.0.1:" + port();
    }

    /** With the keys that the server knows. */
    public Path keyFile() {
        return keyFile;
    }

    int port() {
        return proxy.getPort();
    }

    /** Where the objects of a bucket lie as files. */
    public Path bucket(String name) {
        return directory.resolve(name);
    }

    S3Settings settings(String location) {
        return settings(location, port(), keyFile);
    }

    S3Settings settings(String location, int port) {
        return settings(location, port, keyFile);
    }

    static S3Settings settings(String location, int port, Path keyFile) {
        return new S3Settings(
                (StorageLocation.Bucket) StorageLocation.parse(location),
                "http://127.0.0.1:" + port,
                "us-east-1",
                true,
                new S3Credentials.KeyFile(keyFile),
                5_000);
    }

    @Override
    public void close() {
        try {
            proxy.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
