package io.weir.web.api;

/** Carries a problem out of nested code to the site's door. */
public final class HttpProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient HttpProblem problem;

    HttpProblemException(HttpProblem problem) {
        super(problem.code());
        this.problem = problem;
    }

    public HttpProblem problem() {
        return problem;
    }
}
