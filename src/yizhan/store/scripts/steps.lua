return redis.call('HGETALL', at('steps', ARGV[4]))
