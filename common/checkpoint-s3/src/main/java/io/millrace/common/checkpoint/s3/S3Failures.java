package io.millrace.common.checkpoint.s3;

import io.millrace.common.checkpoint.storage.ObjectName;
import io.millrace.common.checkpoint.storage.StorageErrors;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** What the answers of an object store, and their absence, mean for a user. */
final class S3Failures {
    private static final Set<String> KEY_EXPIRED = Set.of("ExpiredToken", "InvalidToken", "TokenRefreshRequired");
    private static final int LONGEST_REASON = 300;

    private S3Failures() {}

    static MillraceException of(String what, S3Location location, SdkException e) {
        if (!(e instanceof AwsServiceException answer)) {
            return problem(StorageErrors.STORAGE_FAILED, what, location, e)
                    .fix("Check that the store runs and that endpoint, network and timeout are right; "
                            + "the call may be made again")
                    .asException(e);
        }
        int status = answer.statusCode();
        String error = errorCode(answer);
        if (status == 401 || status == 403 || KEY_EXPIRED.contains(error)) {
            return problem(StorageErrors.STORAGE_DENIED, what, location, e)
                    .fix("Check access key and secret, and that they may read, write, list and delete there")
                    .asException(e);
        }
        if (error.equals("NoSuchBucket")) {
            return missingBucket(what, location, e);
        }
        if (status == 301 || status == 307 || error.equals("AuthorizationHeaderMalformed")) {
            return problem(StorageErrors.STORAGE_MISSING, what, location, e)
                    .fix("Set the region that the bucket lies in, and the endpoint if it is not AWS's")
                    .asException(e);
        }
        if (status == 501) {
            return unsuitable(what, location, reason(e));
        }
        if (status == 507) {
            return problem(StorageErrors.STORAGE_FULL, what, location, e)
                    .fix("Make room in the store; checkpoints go on when there is room")
                    .asException(e);
        }
        return problem(StorageErrors.STORAGE_FAILED, what, location, e)
                .fix("Look into the store's own log for the request; the call may be made again")
                .asException(e);
    }

    static MillraceException missingBucket(String what, S3Location location, SdkException e) {
        return problem(StorageErrors.STORAGE_MISSING, what, location, e)
                .fix("Make the bucket '" + location.bucket() + "', or name one that is there")
                .asException(e);
    }

    static MillraceException missing(ObjectName name, S3Location location) {
        return Problem.of(StorageErrors.STORAGE_OBJECT_MISSING, "There is no object " + name)
                .at(location.toString())
                .because("It was deleted, or this is not the place it was written to")
                .fix("Check that all processes name the same bucket and prefix; restore another checkpoint")
                .asException();
    }

    static MillraceException unsuitable(String what, S3Location location, String why) {
        return Problem.of(StorageErrors.STORAGE_UNSUITABLE, what)
                .at(location.toString())
                .because(why)
                .fix("Use a store that knows conditional writes (If-None-Match) and ranges; a newer version may")
                .asException();
    }

    static MillraceException unknown(ObjectName name, S3Location location, Exception e) {
        return problem(
                        StorageErrors.STORAGE_OUTCOME_UNKNOWN,
                        "Nothing tells whether " + name + " was stored",
                        location,
                        e)
                .fix("Check that the store runs and is reached; nothing is deleted until it is known")
                .asException(e);
    }

    static MillraceException tooLarge(ObjectName name, S3Location location, long length, long most) {
        return Problem.of(S3Errors.S3_OBJECT_TOO_LARGE, "Cannot store " + name + " of " + length + " bytes")
                .at(location.toString())
                .because("One request carries at most " + most + " bytes")
                .fix("Give the job a higher parallelism, so that each process has less state to write")
                .asException();
    }

    static String errorCode(AwsServiceException answer) {
        return answer.awsErrorDetails() == null || answer.awsErrorDetails().errorCode() == null
                ? ""
                : answer.awsErrorDetails().errorCode();
    }

    private static Problem problem(StorageErrors code, String what, S3Location location, Exception e) {
        return Problem.of(code, what).at(location.toString()).because(reason(e));
    }

    /** What the store said, else the innermost cause: the SDK's own words around it say nothing more. */
    private static String reason(Exception e) {
        if (e instanceof AwsServiceException answer) {
            String said = answer.awsErrorDetails() == null
                    ? ""
                    : String.valueOf(answer.awsErrorDetails().errorMessage());
            return shortened("The store answered " + answer.statusCode() + " " + errorCode(answer) + ": " + said);
        }
        Throwable innermost = e;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        return shortened(innermost.toString());
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON) + "…";
    }
}
