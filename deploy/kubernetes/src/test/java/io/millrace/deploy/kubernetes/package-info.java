/** The Kustomize base, parsed strictly against the Kubernetes model. */
@NullMarked
package io.millrace.deploy.kubernetes;

import org.jspecify.annotations.NullMarked;
