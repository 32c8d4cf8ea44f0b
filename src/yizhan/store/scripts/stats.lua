local counts = {}
for _, state in ipairs(STATES) do
  table.insert(counts, state)
  table.insert(counts, redis.call('ZCARD', at('state', state)))
end
return {
  counts, redis.call('ZCARD', base .. 'followers'),
  redis.call('ZCOUNT', base .. 'signatures', '(' .. lease_time(), '+inf'),
}
