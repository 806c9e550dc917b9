package io.weir.disclosure.cellkey;

/**
 * The variance V of noise. Next to 0, where only some noises are possible, the noise of the greatest entropy may spread less than V by itself.
 * <em>At most</em> leaves it so, as the R package ptable does; {@link NoiseDistribution#variance()} then says what it is. <em>Exactly</em> makes it
 * spread as much, at the price of large noises being likelier. Confidential.
 *
 * @param value V, positive
 * @param exactly whether less is refused
 */
public record NoiseVariance(double value, boolean exactly) {
    public NoiseVariance {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException("The variance of noise is positive");
        }
    }

    public static NoiseVariance atMost(double value) {
        return new NoiseVariance(value, false);
    }

    public static NoiseVariance exactly(double value) {
        return new NoiseVariance(value, true);
    }

    @Override
    public String toString() {
        return "NoiseVariance[***]";
    }
}
